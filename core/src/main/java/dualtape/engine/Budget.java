package dualtape.engine;

import dualtape.ir.Watch;

/**
 * The limits of one request while it runs: its graphs may have so many nodes, and it has to end by a deadline. Engines
 * need not know of it: what they build, evaluate and lower looks at the thread's budget ({@link Watch}).
 */
public final class Budget extends Watch {
    private final String what;
    private final Limits limits;
    private final Deadline deadline;

    /**
     * A budget.
     *
     * @param what is limited, for messages: as in "reverse accumulation"
     * @param limits whose nodes may not be exceeded
     * @param deadline by which the work has to end
     */
    public Budget(String what, Limits limits, Deadline deadline) {
        this.what = what;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** The deadline of this thread's budget; where there is none, one that starts now. */
    public static Deadline deadline(Limits limits) {
        return Watch.current() instanceof Budget budget ? budget.deadline : limits.start();
    }

    /**
     * Does nothing within the budget.
     *
     * @throws LimitException outside it
     */
    @Override
    public void check(long nodes) {
        limits.checkNodes(nodes);
        deadline.check(what);
    }
}
