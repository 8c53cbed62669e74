package dualtape.engine;

import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The programs of {@link UnitChunks} in the memory of one thread. */
final class UnitSweepers {
    private final UnitChunks chunks;
    private final Layout layout;
    private final int[] units;
    private final double[] swept;
    private final List<Chunk> known = new ArrayList<>();
    /** Where the chunk is that came last: the next is often it, or the one after it. */
    private int recent;
    private double[] x;
    private int offset;
    private Workspace last;

    /** A program and its memory, null where there is none; {@code indices}: where the ones are. */
    private record Chunk(UnitChunks.Entry entry, Workspace workspace, double[] indices) {}

    /** {@code width}: the numbers that one sweep gives. */
    UnitSweepers(UnitChunks chunks, int width) {
        this.chunks = chunks;
        this.layout = chunks.layout();
        this.units = new int[chunks.count()];
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
        Chunk chunk = known.isEmpty() || !known.get(recent).entry().fits(units) ? chunk() : known.get(recent);
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
        for (int k = 0; k < known.size(); k++) {
            int at = (recent + k) % known.size();
            if (known.get(at).entry().fits(units)) {
                recent = at;
                return known.get(at);
            }
        }
        UnitChunks.Entry entry = chunks.of(units);
        Workspace workspace = null;
        double[] indices = null;
        if (entry.sweeps() != null) {
            workspace = entry.sweeps().program().workspace();
            indices = new double[entry.sweeps().indices()];
            if (indices.length > 0) {
                workspace.bindPacked(1, indices, 0);
            }
        }
        known.add(new Chunk(entry, workspace, indices));
        recent = known.size() - 1;
        return known.get(recent);
    }
}
