package dualtape.engine;

import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs of {@link UnitChunks} in the memory of one thread. */
final class UnitSweepers {
    private final UnitChunks chunks;
    private final Layout layout;
    private final int[] units;
    private final int[] seeds;
    private final double[] swept;
    private final List<Chunk> known = new ArrayList<>();
    /** Where the chunk is that came last: the next is often it, or the one after it. */
    private int recent;
    private double[] x;
    private int offset;
    private Workspace last;

    /**
     * A program and its memory, null where there is none.
     *
     * @param lows for each lane the first of the unit vectors that belong to its seed
     * @param highs the one after the last
     * @param indices where the ones are
     */
    private record Chunk(UnitChunks.Entry entry, int[] lows, int[] highs, Workspace workspace, double[] indices) {
        boolean fits(int[] units) {
            for (int lane = 0; lane < units.length; lane++) {
                if (units[lane] < lows[lane] || units[lane] >= highs[lane]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code width}: the numbers that one sweep gives. */
    UnitSweepers(UnitChunks chunks, Layout layout, int width) {
        this.chunks = chunks;
        this.layout = layout;
        this.units = new int[chunks.count()];
        this.seeds = new int[chunks.count()];
        this.swept = new double[chunks.count() * width];
    }

    /** The point of the sweeps from now on. */
    void at(double[] point, int from) {
        x = point;
        offset = from;
        last = null;
    }

    /** The thread that runs them next owns them. */
    void transfer() {
        known.forEach(chunk -> {
            if (chunk.workspace() != null) {
                chunk.workspace().transfer();
            }
        });
    }

    /** The workspace of the last run, null if that had no program. */
    Workspace last() {
        return last;
    }

    /**
     * Runs the sweeps of a chunk: what they give, lane by lane.
     *
     * @param list the numbers of unit vectors; null for all, in order
     * @param from the first in the list
     * @param used how many; the last fills the lanes that are left over
     * @return null if there is no program for them
     */
    double[] run(int[] list, int from, int used) {
        for (int lane = 0; lane < units.length; lane++) {
            int at = from + Math.min(lane, used - 1);
            units[lane] = list == null ? at : list[at];
        }
        Chunk chunk = known.isEmpty() || !known.get(recent).fits(units) ? chunk() : known.get(recent);
        last = chunk.workspace();
        if (last == null) {
            return null;
        }
        chunk.entry().sweeps().locate(units, layout, chunk.indices());
        last.bindPacked(x, offset);
        last.run();
        last.copyDerivatives(swept, 0);
        return swept;
    }

    private Chunk chunk() {
        UnitChunks.seeds(layout, units, seeds);
        for (int k = 0; k < known.size(); k++) {
            int at = (recent + k) % known.size();
            if (Arrays.equals(known.get(at).entry().seeds(), seeds)) {
                recent = at;
                return known.get(at);
            }
        }
        UnitChunks.Entry entry = chunks.of(seeds);
        Workspace workspace = null;
        double[] indices = null;
        if (entry.sweeps() != null) {
            workspace = entry.sweeps().program().workspace();
            indices = new double[entry.sweeps().indices()];
            if (indices.length > 0) {
                workspace.bindPacked(1, indices, 0);
            }
        }
        int[] lows = new int[seeds.length];
        int[] highs = new int[seeds.length];
        for (int lane = 0; lane < seeds.length; lane++) {
            lows[lane] = layout.offset(seeds[lane]);
            highs[lane] = lows[lane] + layout.shape(seeds[lane]).size();
        }
        known.add(new Chunk(entry, lows, highs, workspace, indices));
        recent = known.size() - 1;
        return known.get(recent);
    }
}
