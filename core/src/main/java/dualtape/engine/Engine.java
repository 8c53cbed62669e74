package dualtape.engine;

import dualtape.ir.Tensor;
import java.util.List;

/** A way to differentiate. Stateless; found by {@link Engines}. */
public interface Engine {
    /** The name, as in {@code forward}. */
    String name();

    /** One line: how it works. */
    String summary();

    /** Where it stands in lists and tables; smaller comes first. */
    int rank();

    /**
     * Whether its derivatives are exact up to rounding, so that it is judged by a tolerance; an engine that is not
     * states its own error with {@link #error}.
     */
    default boolean exact() {
        return true;
    }

    /**
     * Derives and lowers: makes ready to run.
     *
     * @throws InputException if a name is unknown, or if the operator does not fit the result
     */
    Prepared prepare(Traced traced, Request request);

    /** {@link #prepare(Traced, Request)} with the conventions of the least norm. */
    default Prepared prepare(Traced traced, List<String> wrt, Operator operator) {
        return prepare(traced, Request.of(operator, wrt));
    }

    /** An estimate of the error of each element of the last derivative of {@code prepared}, or null for an exact engine. */
    default double[] error(Prepared prepared) {
        return null;
    }

    /** The gradient by all inputs, prepared for this one call. */
    default Values gradient(Source f, Point at) {
        return gradient(f, at, List.copyOf(at.names()));
    }

    /** The gradient by some inputs, prepared for this one call. */
    default Values gradient(Source f, Point at, List<String> wrt) {
        return evaluate(f.trace(at), at, Request.of(Operator.GRADIENT, wrt), Point.of());
    }

    /** The Jacobian by some inputs, prepared for this one call. */
    default Values jacobian(Source f, Point at, List<String> wrt) {
        return evaluate(f.trace(at), at, Request.of(Operator.JACOBIAN, wrt), Point.of());
    }

    /** The result's tangent along a direction, which has a tangent for each input to move. */
    default Values jvp(Source f, Point at, Point direction) {
        return evaluate(f.trace(at), at, Request.of(Operator.JVP, direction.names()), direction);
    }

    /** The adjoints of some inputs for an adjoint of the result. */
    default Values vjp(Source f, Point at, List<String> wrt, Tensor seed) {
        return evaluate(f.trace(at), at, Request.of(Operator.VJP, wrt), Point.of(Selection.SEED, seed));
    }

    /** The Hessian's product with a direction, which has a tangent for each input of interest. */
    default Values hvp(Source f, Point at, Point direction) {
        return evaluate(f.trace(at), at, Request.of(Operator.HVP, direction.names()), direction);
    }

    /** The Hessian by some inputs, prepared for this one call. */
    default Values hessian(Source f, Point at, List<String> wrt) {
        return evaluate(f.trace(at), at, Request.of(Operator.HESSIAN, wrt), Point.of());
    }

    /**
     * Prepares, runs once, and names the parts.
     *
     * @param seeds tangents by input, or the result's adjoint under the name {@link Selection#SEED}, or nothing
     */
    default Values evaluate(Traced traced, Point at, Request request, Point seeds) {
        return evaluate(prepare(traced, request), at, seeds);
    }

    /** {@link #evaluate(Prepared, Point, Point)} of an operator that takes no seeds. */
    static Values evaluate(Prepared prepared, Point at) {
        return evaluate(prepared, at, Point.of());
    }

    /** Runs a prepared derivative once and names the parts. */
    static Values evaluate(Prepared prepared, Point at, Point seeds) {
        double[] value = new double[prepared.rows()];
        double[] derivative = new double[prepared.derivativeSize()];
        prepared.seed(prepared.seeds().flatten(seeds));
        prepared.run(prepared.inputs().flatten(at), value, derivative);
        return Values.of(prepared, value, derivative);
    }
}
