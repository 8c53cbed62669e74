package dualtape.control;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What the structured operations have in common: which inputs of a body matter, and bodies with other inputs. */
final class Loops {
    private Loops() {}

    /** Which outputs of a body vary when these inputs do. */
    static boolean[] varying(Graph body, boolean[] inputs) {
        List<Node> sources = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i]) {
                sources.add(body.inputs().get(i));
            }
        }
        BitSet active = body.activeFrom(sources);
        boolean[] outputs = new boolean[body.outputs().size()];
        for (int j = 0; j < outputs.length; j++) {
            outputs[j] = active.get(body.position(body.outputs().get(j)));
        }
        return outputs;
    }

    /**
     * Which inputs of a loop's body vary when some do before the first trip: a carry also once its output does, a least
     * fixed point.
     *
     * @param first the position of the first carry among the inputs; the outputs begin with the carries
     */
    static boolean[] varying(Graph body, boolean[] inputs, int first, int carries) {
        boolean[] varying = inputs.clone();
        for (boolean changed = true; changed;) {
            changed = false;
            boolean[] outputs = varying(body, varying);
            for (int c = 0; c < carries; c++) {
                if (outputs[c] && !varying[first + c]) {
                    varying[first + c] = true;
                    changed = true;
                }
            }
        }
        return varying;
    }

    /** Which inputs of a body have an adjoint when these outputs do. */
    static boolean[] reached(Graph body, boolean[] outputs) {
        List<Node> targets = new ArrayList<>();
        for (int j = 0; j < outputs.length; j++) {
            if (outputs[j]) {
                targets.add(body.outputs().get(j));
            }
        }
        BitSet reached = body.reachedFrom(targets);
        boolean[] inputs = new boolean[body.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = reached.get(body.position(body.inputs().get(i)));
        }
        return inputs;
    }

    /** Part of a list of flags. */
    static boolean[] part(boolean[] flags, int from, int count) {
        return Arrays.copyOfRange(flags, from, from + count);
    }

    static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** The elements of a list whose flag is set. */
    static <T> List<T> chosen(List<T> list, boolean[] flags) {
        List<T> chosen = new ArrayList<>();
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                chosen.add(list.get(i));
            }
        }
        return chosen;
    }

    /** Which elements of a list are there. */
    static boolean[] present(List<?> list) {
        boolean[] present = new boolean[list.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = list.get(i) != null;
        }
        return present;
    }

    static boolean any(boolean[] flags) {
        return count(flags) > 0;
    }

    /**
     * A graph over more inputs, which it does not read.
     *
     * @param inputs names and shapes of all inputs
     * @param own how many of the first inputs are the graph's first ones
     * @param from where the graph's other inputs begin
     */
    static Graph widened(Graph graph, List<Node.Input> inputs, int own, int from) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> declared = new ArrayList<>();
        inputs.forEach(input -> declared.add(builder.input(input.name(), input.shape())));
        List<Node> read = new ArrayList<>(declared.subList(0, own));
        read.addAll(declared.subList(from, from + graph.inputs().size() - own));
        return builder.graph(graph.evaluate(builder, read));
    }

    /**
     * Forward accumulation made of reverse accumulation twice: x, by ↦ J(x)ᵀ by is linear in by, and its pullback by that,
     * for an adjoint u, is J(x) u.
     */
    static Whole.Forward forward(Whole.Reverse r) {
        return (body, active) -> {
            boolean[] all = flags(body.outputs().size(), 0, body.outputs().size());
            Graph pullback = r.pullback(body, all, active);
            int n = body.inputs().size();
            boolean[] adjoints = flags(pullback.outputs().size(), 0, pullback.outputs().size());
            Graph twice = r.pullback(pullback, adjoints, flags(n + all.length, n, all.length));
            GraphBuilder builder = new GraphBuilder();
            List<Node> x = new ArrayList<>();
            body.inputs().forEach(input -> x.add(builder.input(input.name(), input.shape())));
            List<Node> operands = new ArrayList<>(x);
            body.outputs().forEach(output -> operands.add(builder.fill(0, output.shape())));
            for (int i = 0; i < n; i++) {
                if (active[i]) {
                    operands.add(builder.fresh("d " + body.inputs().get(i).name(), body.inputs().get(i).shape()));
                }
            }
            List<Node> outputs = new ArrayList<>(body.evaluate(builder, x));
            outputs.addAll(twice.evaluate(builder, operands));
            return builder.graph(outputs);
        };
    }

    private static boolean[] flags(int size, int from, int count) {
        boolean[] flags = new boolean[size];
        Arrays.fill(flags, from, from + count, true);
        return flags;
    }
}
