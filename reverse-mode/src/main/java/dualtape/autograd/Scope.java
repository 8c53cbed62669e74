package dualtape.autograd;

/** A stretch of code in which something holds, for a try-with-resources statement. Scopes nest, in one thread. */
public final class Scope implements AutoCloseable {
    private final Runnable end;

    Scope(Runnable end) {
        this.end = end;
    }

    /** What held before holds again. */
    @Override
    public void close() {
        end.run();
    }
}
