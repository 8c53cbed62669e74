package dualtape.engine;

/**
 * How much one program may ask for. Each limit is an option of the commands, and the error that it raises names it.
 *
 * @param source characters of source text
 * @param nesting levels of brackets and blocks
 * @param nodes nodes of a recorded or derived graph
 * @param iterations iterations of all loops of one run together
 * @param seconds seconds for one program or request
 */
public record Limits(int source, int nesting, int nodes, int iterations, double seconds) {
    /** 4 MB of source, 1,000 levels, 5 million nodes, 1 million iterations, 10 seconds. */
    public static final Limits DEFAULT = new Limits(4 << 20, 1_000, 5_000_000, 1_000_000, 10);

    /** The moment at which a run that starts now has to end. */
    public Deadline start() {
        return new Deadline(seconds);
    }

    /** The same with other seconds; infinitely many for no limit. */
    public Limits withSeconds(double other) {
        return new Limits(source, nesting, nodes, iterations, other);
    }

    /** @throws LimitException if a graph has more nodes than allowed */
    public void checkNodes(long count) {
        if (count > nodes) {
            throw new LimitException(
                    "the graph would have more than " + String.format(java.util.Locale.ROOT, "%,d", nodes)
                            + " nodes; raise the limit with --max-nodes, or shorten the loop");
        }
    }
}
