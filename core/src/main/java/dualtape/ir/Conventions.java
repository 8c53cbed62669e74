package dualtape.ir;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is used where an operation has no derivative, or none that everybody agrees on: a profile of conventions, one
 * cell an {@link Edge}. An algebra carries one ({@link Algebra#conventions}); rules that differ ask it.
 */
public enum Conventions {
    /** The slope of the least norm between the one-sided ones, ties shared alike; PyTorch's choice in most places. */
    MINNORM("the least slope between the one-sided ones, ties shared alike; PyTorch's choice in most places"),
    /** As JAX. */
    JAX("as JAX chooses"),
    /** As TensorFlow. */
    TENSORFLOW("as TensorFlow chooses"),
    /** The slope's formula as it is written, without special cases, its products without structural zeros. */
    IEEE("the formula of the slope as written, 0 times infinity NaN");

    private final String summary;

    Conventions(String summary) {
        this.summary = summary;
    }

    /** The name for users, as in {@code minnorm}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line. */
    public String summary() {
        return summary;
    }

    /** Whether an exact zero wins against infinity and NaN in the product of the chain rule, see {@link ChainRule#SCALE}. */
    public boolean structuralZeros() {
        return this != IEEE;
    }

    /** The labels of all, with commas. */
    public static String labels() {
        return Arrays.stream(values()).map(Conventions::label).collect(Collectors.joining(", "));
    }

    /** The profile of this label, or null. */
    public static Conventions named(String label) {
        return Arrays.stream(values()).filter(c -> c.label().equals(label)).findFirst().orElse(null);
    }
}
