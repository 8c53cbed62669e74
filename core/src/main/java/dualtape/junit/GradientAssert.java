package dualtape.junit;

import dualtape.check.GradientCheck;
import dualtape.check.GradientResult;
import dualtape.check.Judgement;
import dualtape.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is asserted about a derivative; failures go to whoever made it: thrown at once, or collected. Not thread-safe. */
public final class GradientAssert {
    private final GradientCheck check;
    private final Consumer<String> failure;
    private final List<GradientResult> results = new ArrayList<>();
    private String description = "";

    GradientAssert(GradientCheck check, Consumer<String> failure) {
        this.check = check;
        this.failure = failure;
    }

    /** A word in front of messages. */
    public GradientAssert as(String text) {
        description = text + ": ";
        return this;
    }

    /** Names of the inputs, for messages. */
    public GradientAssert named(String... inputs) {
        return copied(check.named(inputs));
    }

    private GradientAssert copied(GradientCheck other) {
        GradientAssert copy = new GradientAssert(other, failure);
        copy.description = description;
        return copy;
    }

    /** The seed of random points and directions. */
    public GradientAssert seeded(long seed) {
        return copied(check.seeded(seed));
    }

    /** Asserts of the gradient's own Jacobian that it is symmetric, too. */
    public GradientAssert symmetric() {
        return copied(check.symmetric());
    }

    /** Where; several calls make several points. */
    public GradientAssert at(double... x) {
        results.add(check.at(x));
        return this;
    }

    /** At random points of a domain, as in {@code (0, 10)}, for vectors of some size. */
    public GradientAssert within(String domain, int size, int points) {
        results.add(check.within(domain, size, points));
        return this;
    }

    /** At every point the derivative agrees with the function's values; at edges it is one that the convention allows. */
    public GradientAssert agrees() {
        for (GradientResult result : asked()) {
            if (result.verdict() == Verdict.DISAGREE) {
                failure.accept(description + result.text());
            }
        }
        return this;
    }

    /** {@link #agrees}, and no number is left unresolved. */
    public GradientAssert agreesStrictly() {
        for (GradientResult result : asked()) {
            if (result.verdict() != Verdict.AGREE) {
                failure.accept(description + result.text());
            }
        }
        return this;
    }

    /** {@link #agreesStrictly}, and no point is at an edge. */
    public GradientAssert isSmooth() {
        for (GradientResult result : agreesStrictly().results) {
            if (result.verdict() == Verdict.AGREE && result.count(Judgement.EDGE) > 0) {
                failure.accept(description + "the point is at an edge\n" + result.text());
            }
        }
        return this;
    }

    private List<GradientResult> asked() {
        if (results.isEmpty()) {
            throw new IllegalStateException("no point was given: call at(x) or within(domain, size, points) first");
        }
        return results;
    }
}
