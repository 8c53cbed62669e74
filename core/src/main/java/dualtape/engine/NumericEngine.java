package dualtape.engine;

/**
 * Numeric differentiation: central differences, with a step chosen by the scale of each input element. It uses values
 * only, needs four evaluations for each input element, and is right to about ten digits at best, six of second
 * derivatives. Where a guard flips
 * between the point and a shifted one, the source is traced again there.
 */
public final class NumericEngine implements Engine {
    static final String NAME = "numeric";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "central differences: values only, about ten digits at best, with an estimate of its own error";
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public Prepared prepare(Traced traced, Request request) {
        return new NumericPrepared(traced, Selection.of(traced.graph(), request));
    }

    @Override
    public double[] error(Prepared prepared) {
        return ((NumericPrepared) prepared).error();
    }
}
