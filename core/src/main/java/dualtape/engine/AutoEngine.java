package dualtape.engine;

import dualtape.ir.Graph;

/**
 * Follows the {@link Advice}: forward accumulation where that needs less, else reverse. The number of sweeps decides, and
 * where they are close, the operations that the sweeps take; nothing is timed, so the choice is the same at every run. Not
 * among {@link Engines#all}, since it is none of its own: {@link Prepared#engine} tells which it took.
 */
final class AutoEngine implements DerivingEngine {
    /** A sweep of one mode costs no more than about so many of the other, so beyond it the number of sweeps decides. */
    private static final long CLOSE = 8;

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String summary() {
        return "forward or reverse, whichever needs less for what is asked; second derivatives forward over reverse";
    }

    @Override
    public int rank() {
        return Integer.MAX_VALUE;
    }

    /** The engine for a request. */
    static DerivingEngine chosen(Graph f, Request request) {
        Selection selection = Selection.of(f, request);
        long n = selection.derivatives().size();
        long m = selection.rows();
        return switch (request.operator()) {
            case JVP -> Engines.forward();
            case VJP, HVP, HESSIAN -> Engines.reverse();
            case GRADIENT, JACOBIAN -> n >= CLOSE * m ? Engines.reverse()
                    : m >= CLOSE * n ? Engines.forward()
                    : (DerivingEngine) Engines.named(Advice.of(request.operator(), (int) n, (int) m,
                            SweepCosts.counted(f, request.wrt())).best().engine());
        };
    }

    @Override
    public Plan plan(Graph f, Request request) {
        return chosen(f, request).plan(f, request);
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        return (request.operator() == Operator.JVP ? Engines.forward() : Engines.reverse()).sweep(f, request);
    }

    @Override
    public Prepared prepare(Traced traced, Request request) {
        return chosen(traced.rerolled(), request).prepare(traced, request);
    }
}
