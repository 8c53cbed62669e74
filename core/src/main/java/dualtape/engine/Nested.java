package dualtape.engine;

import dualtape.engine.DerivingEngine.Derived;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Second derivatives of a scalar function by one mode over the other, made of their sweeps alone. With v a direction, the
 * four nestings give: ff d/dw (∇f·v), an element a sweep; fr the tangent of ∇f along v; rf ∇(∇f·v), the product by
 * forward accumulation; rr the same by reverse.
 */
public final class Nested {
    private Nested() {}

    /** The plan of a product with the Hessian, or of the Hessian, by one of the four nestings. */
    public static Plan plan(Selection selection, Nesting nesting) {
        return plan(selection, nesting.outer(), nesting.inner());
    }

    static Plan plan(Selection selection, DerivingEngine outer, DerivingEngine inner) {
        List<String> directions = selection.tangentNames();
        Derived function = Derived.forward(selection.graph());
        Request gradient = selection.request().with(Operator.GRADIENT);
        Request jvp = selection.request().with(Operator.JVP);
        boolean innerBack = inner instanceof BackwardEngine;
        Derived first = inner.sweep(function, innerBack ? gradient : jvp);
        int parts = selection.wrt().size();
        if (outer instanceof BackwardEngine) {
            Derived product = innerBack
                    ? first.then(selection.conventions(), (builder, outputs) -> List.of(
                            BackwardEngine.inner(builder, selection, outputs.subList(1, 1 + parts), directions),
                            outputs.get(0)))
                    : first.select(1, 0);
            Derived both = outer.sweep(product, gradient);
            return directed(selection, both.select(after(1, 2, parts)), directions);
        }
        Derived both = outer.sweep(first, jvp);
        if (innerBack) {
            return directed(selection, both.select(after(0, 1 + parts + 1, parts)), directions);
        }
        Derived second = both.select(0, 3);
        List<String> swept = names(second.graph(), first.graph());
        List<List<String>> lists = selection.operator() == Operator.HESSIAN ? List.of(swept, directions)
                : List.of(swept);
        List<String> seeds = selection.operator() == Operator.HESSIAN ? List.of() : directions;
        return new Plan(second.graph(), second.boundary(), seeds, lists, true);
    }

    /** A graph that gives a row of the Hessian, or its product with a direction, in one run. */
    private static Plan directed(Selection selection, Derived derived, List<String> directions) {
        return selection.operator() == Operator.HVP
                ? Plan.once(derived, directions)
                : new Plan(derived.graph(), derived.boundary(), List.of(), List.of(directions), true);
    }

    /** Output {@code value}, then {@code count} outputs from {@code from} on. */
    private static int[] after(int value, int from, int count) {
        int[] outputs = new int[1 + count];
        outputs[0] = value;
        for (int i = 0; i < count; i++) {
            outputs[1 + i] = from + i;
        }
        return outputs;
    }

    /** The inputs that a derivative graph has beyond those of the graph it was derived from. */
    private static List<String> names(Graph derivative, Graph original) {
        List<String> names = new ArrayList<>();
        for (Node.Input input : derivative.inputs().subList(original.inputs().size(), derivative.inputs().size())) {
            names.add(input.name());
        }
        return names;
    }
}
