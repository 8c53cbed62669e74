package dualtape.autograd;

import dualtape.ir.Shape;

/**
 * Variables whose values are not known yet: the explicit way to a graph, as in Theano, TensorFlow 1 and MXNet's {@code sym}. What
 * is computed from them is written down, not run; {@link Compiled} runs it later, with data.
 */
public final class Symbols {
    private final Tracer tracer = new Tracer();

    /** A symbol of this shape; a scalar where none is given. */
    public Variable var(String name, int... shape) {
        Variable symbol = new Variable(Shape.of(shape));
        symbol.trace(tracer, tracer.builder().input(name, symbol.shape()));
        return symbol;
    }

    /** What was written down up to a result, as a function: Theano's {@code function([x, ...], y)}. */
    public Compiled function(Variable result) {
        if (result.tracer() != tracer) {
            throw new AutogradException(
                    "the result does not come from these symbols; make it of variables that var(...) gave");
        }
        return new Compiled(tracer.builder().graph(result.node()));
    }
}
