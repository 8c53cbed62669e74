package dualtape.program;

import dualtape.control.Keep;
import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Bodied;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Watch;
import dualtape.op.Arithmetic;
import dualtape.op.SoftmaxPair;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A builder that computes what is known, once for all runs, and leaves out factors of 1. A product of the chain rule with a
 * known factor that is neither zero nor infinite becomes a plain product. Common subexpressions are shared, in the bodies of
 * loops too. Values keep their bits, but for the sign of zeros.
 */
final class Folding extends GraphBuilder {
    /** Elements of results that are computed in advance, if they differ from each other. */
    private static final int SMALL = 64;

    private final Map<Scan, Scan> scans = new IdentityHashMap<>();

    private Folding() {}

    /** The graph, folded. */
    static Fusion.Fused of(Graph graph) {
        Folding builder = new Folding();
        Node[] made = new Node[graph.nodes().size()];
        graph.inputs().forEach(
                input -> made[graph.position(input)] = builder.input(input.name(), input.shape()));
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                made[graph.position(node)] = builder.constant(constant.value());
            }
        }
        int[] origins = new int[made.length];
        Map<Node, SoftmaxPair> pairs = pairs(graph);
        PaddedSums padded = new PaddedSums(graph);
        Watch watch = Watch.current();
        int step = 0;
        for (Application application : graph.applications()) {
            watch.tick(step++, graph.nodes().size());
            int size = builder.size();
            PaddedSums.Parts parts = padded.at(application);
            List<Node> read = parts == null ? application.operands() : parts.operands();
            List<Node> operands = new ArrayList<>(read.size());
            read.forEach(operand -> operands.add(made[graph.position(operand)]));
            List<Node> results = parts == null ? builder.apply(application, operands, pairs)
                    : builder.apply(parts.op(), operands);
            for (int j = 0; j < results.size(); j++) {
                made[graph.position(application.results().get(j))] = results.get(j);
            }
            if (builder.size() > origins.length) {
                origins = Arrays.copyOf(origins, 2 * builder.size());
            }
            Arrays.fill(origins, size, builder.size(), application.results().get(0).number());
        }
        return new Fusion.Fused(
                builder.graph(graph.outputs().stream().map(output -> made[graph.position(output)]).toList()),
                Arrays.copyOf(origins, builder.size()));
    }

    /** For each value of which a logsumexp and a softmax are computed, the two. */
    private static Map<Node, SoftmaxPair> pairs(Graph graph) {
        Map<Node, Op> sums = new IdentityHashMap<>();
        Map<Node, SoftmaxPair> pairs = new IdentityHashMap<>();
        for (Application application : graph.applications()) {
            if (SoftmaxPair.isSum(application.op())) {
                sums.put(application.operands().get(0), application.op());
            }
        }
        for (Application application : sums.isEmpty() ? List.<Application>of() : graph.applications()) {
            Node operand = application.operands().get(0);
            SoftmaxPair pair = SoftmaxPair.of(sums.get(operand), application.op(), operand.shape());
            if (pair != null) {
                pairs.put(operand, pair);
            }
        }
        return pairs;
    }

    /** The results of an application. */
    private List<Node> apply(Application application, List<Node> operands, Map<Node, SoftmaxPair> pairs) {
        SoftmaxPair pair = operands.size() == 1 ? pairs.get(application.operands().get(0)) : null;
        if (pair != null && pair.logSumExp().equals(application.op())) {
            return List.of(super.apply(pair, operands).get(0));
        } else if (pair != null && pair.softmax().equals(application.op())) {
            return List.of(super.apply(pair, operands).get(1));
        }
        return apply(application.op(), operands);
    }

    @Override
    public List<Node> apply(Op op, List<Node> operands) {
        if (op instanceof Scan scan) {
            return super.apply(scans.computeIfAbsent(scan, key -> new Scan(of(key.body()).graph(), key.consts(),
                    key.carries(), key.sums(), key.length(), key.reverse())), operands);
        }
        Node simple = op instanceof Bodied || operands.isEmpty() || op.results() != 1 ? null : simple(op, operands);
        return simple != null ? List.of(simple) : super.apply(op, operands);
    }

    private Node simple(Op op, List<Node> x) {
        if (op instanceof Keep) {
            return x.get(0);
        }
        if (op instanceof Structure.Reshape && x.get(0) instanceof Node.Result inner
                && inner.application().op() instanceof Structure.Reshape) {
            return Structure.reshape(this, inner.application().operands().get(0), ((Structure.Reshape) op).shape());
        }
        if (op instanceof Pointwise && x.size() == 2) {
            Node product = product(op, x.get(0), x.get(1));
            if (product != null) {
                return product;
            }
            Node sum = signed(op, x.get(0), x.get(1));
            if (sum != null) {
                return sum;
            }
        }
        for (Node operand : x) {
            if (!(operand instanceof Node.Constant)) {
                return null;
            }
        }
        return known(op, x);
    }

    private Node product(Op op, Node x, Node y) {
        boolean times = op == Arithmetic.MULTIPLY || op == ChainRule.PLAIN || op == ChainRule.SCALE;
        if (is(y, 1) && (times || op == Arithmetic.DIVIDE)) {
            return x;
        } else if (is(x, 1) && times) {
            return y;
        } else if (op == ChainRule.SCALE && (tame(x) || tame(y))) {
            return ChainRule.PLAIN.of(this, x, y);
        }
        return null;
    }

    /** x + −y is x − y, and so on: the same bits. */
    private Node signed(Op op, Node x, Node y) {
        if (op == ChainRule.ADD && negated(y) != null) {
            return Arithmetic.SUBTRACT.of(this, x, negated(y));
        } else if (op == ChainRule.ADD && negated(x) != null) {
            return Arithmetic.SUBTRACT.of(this, y, negated(x));
        }
        return op == Arithmetic.SUBTRACT && negated(y) != null ? ChainRule.ADD.of(this, x, negated(y)) : null;
    }

    /** What a node is the negative of, or null. */
    private static Node negated(Node node) {
        return node instanceof Node.Result result && result.application().op() == Arithmetic.NEGATE
                ? result.application().operands().get(0) : null;
    }

    private static boolean is(Node node, double value) {
        return node instanceof Node.Constant constant && constant.value().isUniform()
                && constant.value().at(0) == value;
    }

    /** Known, and neither zero nor infinite. */
    private static boolean tame(Node node) {
        return node instanceof Node.Constant constant && constant.value().isUniform() && constant.value().at(0) != 0
                && Double.isFinite(constant.value().at(0));
    }

    private Node known(Op op, List<Node> x) {
        List<Tensor> values = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        boolean uniform = true;
        for (Node node : x) {
            Tensor value = ((Node.Constant) node).value();
            values.add(value);
            shapes.add(value.shape());
            uniform &= value.isUniform() && value.size() > 0;
        }
        Shape result = op.shapes(shapes).get(0);
        if (uniform && op instanceof Pointwise) {
            List<Tensor> scalars = values.stream().map(value -> Tensor.scalar(value.at(0))).toList();
            return fill(Tensors.INSTANCE.apply(op, scalars).get(0).value(), result);
        }
        boolean repeats = op instanceof Structure.Broadcast || op instanceof Structure.Spread
                || op instanceof Structure.Reshape;
        if (uniform && repeats) {
            return fill(values.get(0).at(0), result);
        }
        boolean small = result.size() <= SMALL && shapes.stream().allMatch(shape -> shape.size() <= SMALL);
        return small ? constant(Tensors.INSTANCE.apply(op, values).get(0)) : null;
    }
}
