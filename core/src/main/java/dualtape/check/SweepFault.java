package dualtape.check;

import dualtape.engine.Plan;
import dualtape.ir.Application;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Ways in which an engine's sweep may be wrong while every rule is right. Each changes a plan; or not, where there is no place for it. */
enum SweepFault {
    /** Of a sum over uses or operands only the first part arrives. */
    DROPPED_ACCUMULATION {
        @Override
        Plan in(Plan plan) {
            return edited(plan,
                    (application, parts) -> application.op() == ChainRule.ADD && parts[0] && parts[1] ? 0 : -1);
        }
    },
    /** A slope on the way is forgotten. */
    FORGOTTEN_SLOPE {
        @Override
        Plan in(Plan plan) {
            return edited(plan,
                    (application, parts) -> application.op() == ChainRule.SCALE && parts[1] && !parts[0] ? 1 : -1);
        }
    },
    /** The sweep starts from 2. */
    WRONG_SEED {
        @Override
        Plan in(Plan plan) {
            return outputs(plan, (builder, parts) -> parts.replaceAll(part -> scaled(builder, part, 2, -1)));
        }
    },
    /** The derivative by the last input is lost. */
    LOST_PART {
        @Override
        Plan in(Plan plan) {
            return outputs(plan, (builder, parts) -> parts.set(parts.size() - 1,
                    scaled(builder, parts.get(parts.size() - 1), 0, -1)));
        }
    },
    /** The last element of the derivative by the first input is lost. */
    LOST_ELEMENT {
        @Override
        Plan in(Plan plan) {
            return outputs(plan, (builder, parts) -> parts.set(0,
                    scaled(builder, parts.get(0), 1, parts.get(0).shape().size() - 1)));
        }
    },
    /** The derivatives by two inputs of one shape change places. */
    SWAPPED_PARTS {
        @Override
        Plan in(Plan plan) {
            return outputs(plan, (builder, parts) -> {
                for (int i = 1; i < parts.size(); i++) {
                    if (parts.get(i).shape().equals(parts.get(0).shape())) {
                        Node first = parts.get(0);
                        parts.set(0, parts.get(i));
                        parts.set(i, first);
                        return;
                    }
                }
            });
        }
    },
    /** Rows for columns. */
    TRANSPOSED_JACOBIAN {
        @Override
        Plan in(Plan plan) {
            boolean square = plan.swept().size() == 1 && plan.sweeps() == plan.width();
            return square ? new Plan(plan.graph(), plan.boundary(), plan.seeds(), plan.swept(), !plan.rows()) : plan;
        }
    };

    /** The plan with the fault. */
    abstract Plan in(Plan plan);

    /** In words, as in {@code wrong seed}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private interface Edit {
        /** Which operand stands for the result, or −1; told which operands belong to the sweep and not to the function. */
        int replacement(Application application, boolean[] parts);
    }

    private interface Parts {
        void change(GraphBuilder builder, List<Node> parts);
    }

    /** The last application that an edit is for replaced by one of its operands. */
    private static Plan edited(Plan plan, Edit edit) {
        Graph graph = plan.graph();
        BitSet sweep = sweep(plan);
        Application target = null;
        int replacement = -1;
        for (Application application : graph.applications()) {
            boolean[] parts = new boolean[Math.max(2, application.operands().size())];
            for (int i = 0; i < application.operands().size(); i++) {
                parts[i] = sweep.get(graph.position(application.operands().get(i)));
            }
            int operand = edit.replacement(application, parts);
            if (operand >= 0) {
                target = application;
                replacement = operand;
            }
        }
        if (target == null) {
            return plan;
        }
        Application edited = target;
        int kept = replacement;
        int[] at = {-1};
        GraphBuilder builder = new GraphBuilder() {
            @Override
            public List<Node> apply(Op op, List<Node> operands) {
                at[0]++;
                return graph.applications().get(at[0]) == edited ? List.of(operands.get(kept))
                        : super.apply(op, operands);
            }
        };
        return rebuilt(plan, builder, (same, parts) -> {});
    }

    /** What belongs to the sweep: what depends on the seeds, and what comes after the turn. */
    private static BitSet sweep(Plan plan) {
        Graph graph = plan.graph();
        List<Node> seeds = new ArrayList<>();
        plan.seeds().forEach(name -> seeds.add(graph.input(name)));
        plan.swept().forEach(names -> names.forEach(name -> seeds.add(graph.input(name))));
        BitSet sweep = graph.activeFrom(seeds);
        for (Node node : graph.nodes()) {
            if (node.number() >= plan.boundary() && !(node instanceof Node.Input)) {
                sweep.set(graph.position(node));
            }
        }
        return sweep;
    }

    private static Plan outputs(Plan plan, Parts change) {
        return rebuilt(plan, new GraphBuilder(), change);
    }

    private static Plan rebuilt(Plan plan, GraphBuilder builder, Parts change) {
        List<Node> inputs = new ArrayList<>();
        plan.graph().inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        List<Node> outputs = new ArrayList<>(plan.graph().evaluate(builder, inputs));
        List<Node> parts = new ArrayList<>(outputs.subList(1, outputs.size()));
        if (!parts.isEmpty()) {
            change.change(builder, parts);
        }
        parts.add(0, outputs.get(0));
        return new Plan(builder.graph(parts), Integer.MAX_VALUE, plan.seeds(), plan.swept(), plan.rows());
    }

    /** A part times a factor, one of its elements (if any is named) times 0. */
    private static Node scaled(GraphBuilder builder, Node part, double factor, int lost) {
        double[] factors = new double[part.shape().size()];
        java.util.Arrays.fill(factors, factor);
        if (lost >= 0) {
            factors[lost] = 0;
        }
        return builder.scale(builder.constant(Tensor.of(part.shape(), factors)), part);
    }
}
