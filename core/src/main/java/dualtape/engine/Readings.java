package dualtape.engine;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.op.Arithmetic;
import dualtape.op.Broadcasting;
import dualtape.op.Gathering;
import dualtape.op.Indexing;
import dualtape.op.Rearranging;
import dualtape.op.Structure;
import dualtape.op.Slicing;
import dualtape.ir.ChainRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads tensors at indices that are known when a program runs, an index for each lane. What is computed element by element is
 * computed at the index alone, from its operands read there, so that no tensor is made for the sake of one element.
 */
class Readings {
    /** Readings that are made for the sake of one, so that a tensor need not be there. */
    private static final int FEW = 12;

    final GraphBuilder builder;
    /** The lanes of each group. */
    final int[] lanes;
    private final Map<Key, Node> known = new HashMap<>();

    /** A tensor read along the axes that have an index. */
    private record Key(int lanes, Node tensor, List<Node> at) {}

    /** What a reading is made of: others, and how. */
    private record Step(List<Key> from, java.util.function.Function<List<Node>, Node> then) {}

    Readings(GraphBuilder builder, int[] lanes) {
        this.builder = builder;
        this.lanes = lanes;
    }

    /** A tensor for each lane of a group. */
    Shape lead(int count, Shape shape) {
        return count == 1 ? shape : shape.with(0, count);
    }

    /** The axes before a lane's own. */
    static int first(int count) {
        return count == 1 ? 0 : 1;
    }

    /** The same in each lane. */
    Node repeated(int count, Node node) {
        return count == 1 ? node : spread(node, 0, count);
    }

    /** Repeated along a new axis. */
    Node spread(Node node, int axis, int extent) {
        if (node.shape().isScalar()) {
            return new Structure.Broadcast(Shape.of(extent)).of(builder, node);
        }
        return new Structure.Spread(axis, extent).of(builder, node);
    }

    /** The axes in another order. */
    Node permuted(Node node, int... axes) {
        List<Integer> order = Arrays.stream(axes).boxed().toList();
        boolean same = IntStream.range(0, axes.length).allMatch(k -> axes[k] == k);
        return same ? node : axes.length == 2 ? new Structure.Transpose().of(builder, node)
                : new Rearranging.Permute(order).of(builder, node);
    }

    /** An axis moved to another place. */
    Node moved(Node node, int from, int to) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, node.shape().rank()).boxed().toList());
        axes.add(to, axes.remove(from));
        return permuted(node, axes.stream().mapToInt(axis -> axis).toArray());
    }

    /** index · stride + more. */
    Node flat(Node index, int stride, Node more) {
        if (index instanceof Node.Constant one && (more == null || more instanceof Node.Constant)) {
            double rest = more instanceof Node.Constant other ? other.value().at(0) : 0;
            return builder.fill(one.value().at(0) * stride + rest, index.shape());
        }
        Node scaled = stride == 1 ? index : Arithmetic.MULTIPLY.of(builder, index, builder.fill(stride, index.shape()));
        return more == null ? scaled : ChainRule.ADD.of(builder, scaled, more);
    }

    /** A tensor that all lanes share, read at the indices: for each lane, along the axes that have none. */
    Node at(int count, Node tensor, List<Node> at) {
        Key wanted = new Key(count, tensor, new ArrayList<>(at));
        Map<Key, Step> steps = new HashMap<>();
        Deque<Key> open = new ArrayDeque<>(List.of(wanted));
        while (!open.isEmpty()) {
            Key key = open.peek();
            if (known.containsKey(key)) {
                open.pop();
                continue;
            }
            Step step = steps.computeIfAbsent(key, each -> few(each) ? step(each) : inMemory(each));
            List<Node> made = new ArrayList<>();
            for (Key from : step.from()) {
                Node node = known.get(from);
                if (node == null) {
                    open.push(from);
                }
                made.add(node);
            }
            if (!made.contains(null)) {
                known.put(key, step.then().apply(made));
                steps.remove(key);
                open.pop();
            }
        }
        return known.get(wanted);
    }

    private Step inMemory(Key key) {
        return new Step(List.of(), none -> read(key.lanes(), key.tensor(), key.at()));
    }

    /** Whether a reading needs no more than a few new ones; else the tensor itself is read. */
    private boolean few(Key key) {
        Deque<Key> open = new ArrayDeque<>(List.of(key));
        for (int count = 0; !open.isEmpty(); count++) {
            if (count > FEW) {
                return false;
            }
            for (Key from : step(open.pop()).from()) {
                if (!known.containsKey(from)) {
                    open.push(from);
                }
            }
        }
        return true;
    }

    private Step step(Key key) {
        Node tensor = key.tensor();
        int count = key.lanes();
        Shape wholes = Part.wholes(tensor.shape(), key.at());
        Shape all = lead(count, wholes);
        if (key.at().stream().allMatch(index -> index == null)) {
            return new Step(List.of(), none -> repeated(count, tensor));
        } else if (tensor instanceof Node.Constant constant && constant.value().isUniform()) {
            return new Step(List.of(), none -> builder.fill(constant.value().at(0), all));
        } else if (!(tensor instanceof Node.Result result) || result.application().results().size() > 1) {
            return inMemory(key);
        } else {
            return step(key, result.application().op(), result.application().operands());
        }
    }

    private Step step(Key key, Op op, List<Node> operands) {
        int count = key.lanes();
        List<Node> at = key.at();
        Shape wholes = Part.wholes(key.tensor().shape(), at);
        if (op instanceof Pointwise) {
            return new Step(operands.stream().map(operand -> new Key(count, operand, at)).toList(),
                    made -> builder.apply(op, made).get(0));
        } else if (op instanceof Structure.Broadcast) {
            return new Step(List.of(), none -> repeatedTo(count, repeated(count, operands.get(0)), wholes));
        } else if (op instanceof Structure.Spread spread) {
            List<Node> inner = new ArrayList<>(at);
            Node index = inner.remove(spread.axis());
            Key from = new Key(count, operands.get(0), inner);
            int axis = new Part(at, null).position(spread.axis()) + first(count);
            return new Step(List.of(from),
                    made -> index != null ? made.get(0) : spread(made.get(0), axis, spread.extent()));
        } else if (op instanceof Slicing.Slice slice) {
            Node index = at.get(slice.axis());
            List<Node> inner = new ArrayList<>(at);
            if (index != null && slice.from() > 0) {
                inner.set(slice.axis(), flat(index, 1, builder.fill(slice.from(), index.shape())));
            }
            int axis = new Part(at, null).position(slice.axis()) + first(count);
            return new Step(List.of(new Key(count, operands.get(0), inner)), made -> index != null ? made.get(0)
                    : new Slicing.Slice(axis, slice.from(), slice.to()).of(builder, made.get(0)));
        }
        return inMemory(key);
    }

    /** A number of each lane repeated along all other axes. */
    Node repeatedTo(int count, Node numbers, Shape shape) {
        if (count == 1) {
            return Broadcasting.to(builder, numbers, shape);
        }
        Node result = numbers;
        for (int axis = 0; axis < shape.rank(); axis++) {
            result = spread(result, first(count) + axis, shape.extent(axis));
        }
        return result;
    }

    /** Elements that lie in memory. */
    Node read(int count, Node tensor, List<Node> at) {
        Shape shape = tensor.shape();
        List<Integer> indexed = IntStream.range(0, at.size()).filter(axis -> at.get(axis) != null).boxed().toList();
        Shape wholes = Part.wholes(shape, at);
        if (indexed.size() == 1) {
            int axis = indexed.get(0);
            Node gathered = gathered(count, tensor, at.get(axis), axis);
            return count == 1 ? gathered : moved(gathered, axis, 0);
        }
        Node leading = tensor;
        for (int k = 0; k < indexed.size(); k++) {
            leading = moved(leading, indexed.get(k), k);
        }
        Node index = null;
        int stride = 1;
        for (int k = indexed.size() - 1; k >= 0; k--) {
            index = flat(at.get(indexed.get(k)), stride, index);
            stride *= shape.extent(indexed.get(k));
        }
        return gathered(count, Structure.reshape(builder, leading, wholes.with(0, stride)), index, 0);
    }

    /** What is read along one axis: the lanes take its place, or it goes. */
    private Node gathered(int count, Node tensor, Node index, int axis) {
        if (count == 1 && index instanceof Node.Constant known) {
            return Indexing.index(builder, tensor, axis, (int) known.value().at(0));
        }
        Node indices = count == 1 ? Structure.reshape(builder, index, Shape.of(1)) : index;
        Node read = new Gathering.Gather(axis, Double.NaN).of(builder, tensor, indices);
        return count == 1 ? Structure.reshape(builder, read, tensor.shape().without(axis)) : read;
    }
}
