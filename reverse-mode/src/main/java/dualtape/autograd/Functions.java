package dualtape.autograd;

/**
 * Every operation of the catalogue over variables, by its name in the text language in Java's spelling: {@code leaky_relu} is
 * {@code leakyRelu}. Operands that are scalars go with every element. What is not a positional operand is a keyword:
 * {@code sum(x, Keywords.of("axis", 0))}. An operation that has no method here is called by its name.
 */
public final class Functions extends ShapingFunctions {
    private Functions() {}
}
