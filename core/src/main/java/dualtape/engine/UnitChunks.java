package dualtape.engine;

import dualtape.program.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan's sweeps with unit vectors, in chunks: a program for each combination of seeds that the ones of a chunk are in, made when it
 * is first asked for and shared by all threads. Where it would do more than the program that takes any seeds, there is none.
 */
final class UnitChunks {
    /** Elementary operations of a chunk's sweeps below which nothing is worth a program of its own. */
    private static final long WORTH = 256;

    /** Applications of all programs together, so that they do not grow without measure. */
    private static final int LARGEST = 100_000;

    private static final int MANY = 64;

    /** Unit vectors of a plan, and programs for certain ones of these: so few that each chunk has a program in which all is known. */
    private static final int FEW = 64;
    private static final int CERTAIN = 16;

    private final Plan plan;
    private final Layout layout;
    private final int count;
    private final long operations;
    private final List<Entry> entries = new ArrayList<>();
    private int applications;
    private int certain;

    /**
     * The program for some combinations of unit vectors, null where there is none.
     *
     * @param lows for each lane the first of the unit vectors that it takes
     * @param highs the one after the last
     */
    record Entry(int[] lows, int[] highs, UnitSweeps sweeps) {
        boolean fits(int[] units) {
            for (int lane = 0; lane < units.length; lane++) {
                if (units[lane] < lows[lane] || units[lane] >= highs[lane]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code count}: sweeps at once; {@code operations}: what they cost by the program that takes any seeds. */
    private UnitChunks(Plan plan, int count, long operations) {
        this.plan = plan;
        this.layout = plan.layout(plan.swept().get(0));
        this.count = count;
        this.operations = operations;
    }

    /** Of a plan of first derivatives. Null if no chunk of it is worth a program of its own. */
    static UnitChunks of(Plan plan, Lanes lanes, Program program, int most) {
        if (plan.swept().size() != 1 || plan.rows()) {
            return null;
        }
        int count = (int) Math.min(most, plan.sweeps());
        long operations = program.operations() * ((count + lanes.count() - 1) / lanes.count());
        return count < 2 || operations < WORTH || plan.graph().applications().size() > LARGEST / 4 ? null
                : new UnitChunks(plan, count, operations);
    }

    /** Sweeps at once. */
    int count() {
        return count;
    }

    Layout layout() {
        return layout;
    }

    /** The program for the unit vectors of these numbers. Made if there is none yet. */
    synchronized Entry of(int[] units) {
        for (Entry entry : entries) {
            if (entry.fits(units)) {
                return entry;
            }
        }
        int[] seeds = new int[count];
        int[] lows = new int[count];
        int[] highs = new int[count];
        int[] within = new int[count];
        seeds(layout, units, seeds);
        boolean known = layout.size() <= FEW && certain++ < CERTAIN;
        for (int lane = 0; lane < count; lane++) {
            int offset = layout.offset(seeds[lane]);
            within[lane] = units[lane] - offset;
            lows[lane] = known ? units[lane] : offset;
            highs[lane] = known ? units[lane] + 1 : offset + layout.shape(seeds[lane]).size();
        }
        UnitSweeps sweeps = applications > LARGEST || entries.size() > MANY ? null
                : UnitSweeps.of(plan, seeds, known ? within : null);
        if (sweeps != null) {
            applications += sweeps.program().graph().applications().size();
            sweeps = sweeps.program().operations() < operations ? sweeps : null;
        }
        Entry entry = new Entry(lows, highs, sweeps);
        entries.add(entry);
        return entry;
    }

    /** The seeds that the ones of a chunk are in. {@code units}: the numbers of the unit vectors. */
    static void seeds(Layout layout, int[] units, int[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            boolean same = lane > 0 && units[lane] >= layout.offset(to[lane - 1])
                    && units[lane] < layout.offset(to[lane - 1]) + layout.shape(to[lane - 1]).size();
            to[lane] = same ? to[lane - 1] : layout.part(units[lane]);
        }
    }

    /** The elementary operations of all sweeps: each chunk by its program, or with {@code any} operations for some lanes at once. */
    long operations(int lanes, long any) {
        long sum = 0;
        int[] numbers = new int[count];
        for (int first = 0; first < layout.size(); first += count) {
            int used = Math.min(count, layout.size() - first);
            for (int lane = 0; lane < count; lane++) {
                numbers[lane] = first + Math.min(lane, used - 1);
            }
            UnitSweeps sweeps = of(numbers).sweeps();
            sum = Math.addExact(sum, sweeps != null ? sweeps.program().operations()
                    : Math.multiplyExact(any, (used + lanes - 1L) / lanes));
        }
        return sum;
    }

    /** The bytes of the programs that there are. */
    synchronized long bytes() {
        return entries.stream().map(Entry::sweeps).filter(sweeps -> sweeps != null)
                .mapToLong(sweeps -> sweeps.program().graph().bytes() + sweeps.program().programBytes()).sum();
    }

    /** The bytes of memory that they need, for one thread. */
    synchronized long workspaceBytes() {
        return entries.stream().map(Entry::sweeps).filter(sweeps -> sweeps != null)
                .mapToLong(sweeps -> sweeps.program().workspaceBytes() + 8L * sweeps.indices()).sum();
    }
}
