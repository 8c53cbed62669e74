package dualtape.autograd;

/** What holds in a thread: whether operations are recorded, whether their numbers are looked at, where a graph is traced. */
final class Context {
    private static final ThreadLocal<Context> CONTEXTS = ThreadLocal.withInitial(Context::new);

    boolean recording = true;
    boolean anomaly;
    Tracer tracer;

    static Context current() {
        return CONTEXTS.get();
    }

    Scope recording(boolean now) {
        boolean before = recording;
        recording = now;
        return new Scope(() -> recording = before);
    }

    Scope anomaly(boolean now) {
        boolean before = anomaly;
        anomaly = now;
        return new Scope(() -> anomaly = before);
    }

    Scope tracing(Tracer now) {
        Tracer before = tracer;
        tracer = now;
        return new Scope(() -> tracer = before);
    }
}
