package dualtape.engine;

/** What to derive from a function y = f(x) of inputs x of n elements together and a result y of m elements. */
public enum Operator {
    /** Of a scalar result: the value, and ∂y/∂x in the shape of each input. */
    GRADIENT,
    /** The value, and for each input the m×n matrix of partial derivatives. */
    JACOBIAN,
    /** Jacobian-vector product: given a tangent for each input, the value and the result's tangent. */
    JVP,
    /** Vector-Jacobian product: given an adjoint of the result, the value and each input's adjoint. */
    VJP
}
