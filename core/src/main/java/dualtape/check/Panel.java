package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Watch;
import dualtape.program.Tensors;
import java.util.Map;
import java.util.function.Function;

/** The witnesses of one check, asked in turn until one can tell. Keeps count of what they cost. */
final class Panel {
    private final Check check;
    private final Traced f;
    private final Point at;
    private final Map<String, String> edges;
    private final Finding.Builder builder;
    private double[] value;

    Panel(Check check, Traced f, Point at, Map<String, String> edges, Finding.Builder builder) {
        this.check = check;
        this.f = f;
        this.at = at;
        this.edges = edges;
        this.builder = builder;
    }

    /** An estimate and who gave it. */
    record Testimony(Estimate estimate, String witness) {
        Judge.Evidence of(int element) {
            return Judge.Evidence.of(estimate, element, 1, witness);
        }
    }

    Finding.Builder builder() {
        return builder;
    }

    /** The first edge on the way from an input, in words, or null. */
    String edge(String input) {
        return edges.get(input);
    }

    /** The first edge on the way from any input, or null. */
    String anyEdge() {
        return edges.values().stream().findFirst().orElse(null);
    }

    /** The size of a derivative by a number of the point that would move the result by its own size. */
    static double natural(double y, double x) {
        return Double.isFinite(y / x) && x != 0 ? Math.abs(y / x) : Double.isFinite(y) ? Math.abs(y) : 0;
    }

    /** The function's value at the point. */
    double[] value() {
        value = value != null ? value
                : f.graph().evaluate(Tensors.INSTANCE, Traced.inputs(f.graph(), at)).get(0).toArray();
        return value;
    }

    Testimony first(Point v) {
        return ask(1, f, v, null, witness -> witness.first(f, at, v));
    }

    /** Of another function at the same point: the sum that makes a scalar of it. */
    Testimony second(Traced g, Point v, Point w) {
        return ask(2, g, v, w, witness -> witness.second(g, at, v, w));
    }

    /** The first testimony that is no doubt; if all doubt, that of the first. */
    private Testimony ask(int order, Traced g, Point v, Point w, Function<Witness, Estimate> question) {
        Testimony first = null;
        for (Witness witness : check.witnesses()) {
            Watch.current().check(0);
            Estimate estimate = check.memory().estimate(g, witness.name(), at, v, w, () -> {
                builder.evaluations(witness.evaluations(order));
                return question.apply(witness);
            });
            Testimony testimony = new Testimony(estimate, witness.name());
            if (!estimate.isDoubt() || sees(estimate)) {
                return testimony;
            }
            first = first == null ? testimony : first;
        }
        return first;
    }

    /** Whether a doubt is one that others cannot lift: a kink that they would not see, a value that is not there. */
    private static boolean sees(Estimate estimate) {
        for (String doubt : estimate.doubts()) {
            if (!doubt.contains("kink") && !doubt.equals(Decimals.UNDEFINED)) {
                return false;
            }
        }
        return estimate.left() != null;
    }
}
