package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.kernel.Forms;
import java.util.List;

/**
 * The policy: what is generated and when. A loop is generated at once, when it is lowered, if a run of it does more than
 * generating it costs; straight-line code after so many runs that it pays. Generated code gives the bits that the
 * interpreter gives; {@link Generation} turns it off, or has whatever can be generated at once.
 */
final class Codegen {
    /** Elementary operations of a run of a loop from which on it is generated. */
    private static final int WORTH = 512;

    /** The same in a program that will run again and again. */
    private static final int WORTH_OFTEN = 32;

    /** Applications of a program that is lowered twice. */
    private static final int SMALL = 1_000;

    /** Runs before a program is written out: by then the interpreter has cost about as much as writing will. */
    private static final int PATIENCE = 200;

    /** Steps of the longest program that is written out: the JVM's compiler needs about 0.2 ms for each. */
    private static final int LONGEST = 20_000;

    /** Half a megabyte: more than the caches that a core has for itself hold for long. */
    private static final int FAR = 1 << 16;

    /** Trips of a loop from which on its form on vectors is worth warming. */
    private static final int SEVERAL = 16;

    private Codegen() {}

    private static boolean on() {
        return Generation.now() != Generation.OFF;
    }

    private static boolean always() {
        return Generation.now() == Generation.ALWAYS || Generation.now() == Generation.VECTORS;
    }

    /** Elementary operations of a run of a loop from which on it is generated. */
    static long worth() {
        return always() ? 1 : on() ? WORTH : Long.MAX_VALUE;
    }

    /** The same of a program that will run again and again. */
    static long worthOften() {
        return Math.min(worth(), on() ? WORTH_OFTEN : Long.MAX_VALUE);
    }

    /** The runs of a program after which it is lowered once more with smaller loops generated, 0 for never. */
    static int again(Graph graph, long now) {
        int steps = graph.applications().size();
        return now <= worthOften() || steps < 2 || steps > SMALL ? 0 : PATIENCE;
    }

    /** Elements of a matrix that is not found in the cache when it is read again soon. */
    static int far() {
        return always() ? 1 : FAR;
    }

    /** How many rows of a matrix are one block, where {@code usual} are one usually: few where everything is to be tried. */
    static int rows(int usual) {
        return always() ? 2 : usual;
    }

    /** Whether a scan becomes a generated loop. */
    static boolean loops(Scan scan) {
        return scan.work(List.of()) >= worth();
    }

    /** Whether a loop gets a form on vectors: once warm it serves if it is faster. Short ones are not worth warming. */
    static boolean vectors(Scan scan) {
        return vectorsAtOnce() || on() && Forms.warms() && scan.length() >= SEVERAL;
    }

    /** Whether forms on vectors serve at once. */
    static boolean vectorsAtOnce() {
        return on() && (Forms.forced() || Generation.now() == Generation.VECTORS);
    }

    /** The runs of a program after which it is written out as straight-line code, 0 for never. */
    static int straight(StraightCode.Steps steps) {
        return !on() || !mostly(steps) && !Unrolled.small(steps) ? 0 : always() ? 1 : PATIENCE;
    }

    /** Whether steps are worth being written out: few are not on single numbers, and they are not too many. */
    static boolean mostly(StraightCode.Steps steps) {
        int scalars = steps.count(true);
        return scalars >= 2 && scalars <= LONGEST && scalars >= 0.9 * steps.count(false);
    }
}
