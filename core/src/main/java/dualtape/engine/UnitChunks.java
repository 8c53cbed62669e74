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

    private final Plan plan;
    private final int count;
    private final long operations;
    private final List<Entry> entries = new ArrayList<>();
    private int applications;

    /** The program for a combination of seeds, null where there is none. */
    record Entry(int[] seeds, UnitSweeps sweeps) {}

    /** {@code count}: sweeps at once; {@code operations}: what they cost by the program that takes any seeds. */
    private UnitChunks(Plan plan, int count, long operations) {
        this.plan = plan;
        this.count = count;
        this.operations = operations;
    }

    /** @return null if no chunk of the plan is worth a program of its own */
    static UnitChunks of(Plan plan, boolean structuralZeros, Lanes lanes, Program program, int most) {
        if (plan.swept().size() != 1 || plan.rows() || !structuralZeros) {
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

    /** The program for these seeds. Made if there is none yet. */
    synchronized Entry of(int[] seeds) {
        for (Entry entry : entries) {
            if (java.util.Arrays.equals(entry.seeds(), seeds)) {
                return entry;
            }
        }
        UnitSweeps sweeps = applications > LARGEST || entries.size() > MANY ? null : UnitSweeps.of(plan, seeds);
        if (sweeps != null) {
            applications += sweeps.program().graph().applications().size();
            sweeps = sweeps.program().operations() < operations ? sweeps : null;
        }
        Entry entry = new Entry(seeds.clone(), sweeps);
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
    long operations(Layout layout, int units, int lanes, long any) {
        long sum = 0;
        int[] numbers = new int[count];
        int[] seeds = new int[count];
        for (int first = 0; first < units; first += count) {
            int used = Math.min(count, units - first);
            for (int lane = 0; lane < count; lane++) {
                numbers[lane] = first + Math.min(lane, used - 1);
            }
            seeds(layout, numbers, seeds);
            UnitSweeps sweeps = of(seeds).sweeps();
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
