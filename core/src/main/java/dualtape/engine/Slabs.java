package dualtape.engine;

import dualtape.ir.Algebra;
import dualtape.ir.Bodied;
import dualtape.ir.ChainRule;
import dualtape.ir.Conventions;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.control.Scan;
import dualtape.op.Arithmetic;
import dualtape.op.Gathering;
import dualtape.op.Joining;
import dualtape.op.Slicing;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The algebra of sweeps with unit vectors, several at once. What does not depend on the seeds is there once; of what does, only where
 * it can differ from zero: the structural zeros of a unit vector, followed through the graph, with the indices of the ones known when
 * it runs. What has no rule here is computed whole, lane by lane, so every graph has a value; each number has the bits of a sweep
 * alone.
 */
class Slabs extends Readings implements Algebra<Swept> {
    /** Parts of a value: with more it becomes a whole tensor. */
    private static final int MOST = 6;

    private final SlabMoves moves = new SlabMoves(this);
    private final SlabProducts products = new SlabProducts(this);

    /** Of an index in a part of an axis: where in the whole axis the part lies. Elsewhere, values at the index are zero. */
    final Map<Node, Range> ranges = new IdentityHashMap<>();

    /** From {@code low} to {@code high}, both included, of the index in the whole axis. */
    record Range(Node whole, int low, int high) {}

    /** Of an index in a part of an axis: how it follows from another. */
    final Map<Node, Offset> offsets = new IdentityHashMap<>();

    /** {@code from}, with {@code by} added. */
    record Offset(Node from, int by) {}

    /** Thrown where sweeps cannot share a graph. */
    static final class Apart extends RuntimeException {
        private static final long serialVersionUID = 1;

        Apart(String what) {
            super(what, null, false, false);
        }
    }

    /** {@code lanes}: of each group. */
    Slabs(GraphBuilder builder, int[] lanes) {
        super(builder, lanes);
    }

    @Override
    public Conventions conventions() {
        return builder.conventions();
    }

    @Override
    public Shape shape(Swept value) {
        return value.shape();
    }

    @Override
    public Swept constant(Tensor tensor) {
        return Swept.of(builder.constant(tensor));
    }

    @Override
    public List<Swept> apply(Op op, List<Swept> operands) {
        if (operands.stream().allMatch(Swept::isShared)) {
            List<Node> nodes = operands.stream().map(Swept::shared).toList();
            return builder.apply(op, nodes).stream().map(Swept::of).toList();
        } else if (op instanceof Scan scan) {
            return new SlabScan(this, scan, operands).results();
        } else if (op instanceof Bodied) {
            throw new Apart(op.symbol());
        }
        List<Shape> shapes = op.shapes(operands.stream().map(Swept::shape).toList());
        List<List<List<Part>>> results = new ArrayList<>();
        shapes.forEach(shape -> results.add(new ArrayList<>()));
        for (int g = 0; g < lanes.length; g++) {
            List<List<Part>> made = parts(op, operands, g);
            for (int j = 0; j < shapes.size(); j++) {
                results.get(j).add(made.get(j));
            }
        }
        List<Swept> all = new ArrayList<>();
        for (int j = 0; j < shapes.size(); j++) {
            all.add(new Swept(shapes.get(j), null, results.get(j)));
        }
        return all;
    }

    private List<List<Part>> parts(Op op, List<Swept> x, int g) {
        if (x.stream().allMatch(operand -> operand.isShared() || operand.isZero(g)) && linear(op, x, g)) {
            return new ArrayList<>(Collections.nCopies(op.results(), List.of()));
        }
        List<Part> parts = op instanceof Pointwise ? pointwise((Pointwise) op, x, g)
                : x.size() == 1 ? moves.parts(op, x.get(0), g)
                : op instanceof Joining.Concat concat ? moves.concat(concat, x, g)
                : x.size() == 2 ? products.parts(op, x.get(0), x.get(1), g)
                : null;
        return parts != null ? List.of(parts) : whole(op, x, g);
    }

    /** Whether a group's lanes have a zero where those of the operands are zero that depend on seeds: all is linear in the seeds. */
    private static boolean linear(Op op, List<Swept> x, int g) {
        if (op == ChainRule.ADD || op == Arithmetic.SUBTRACT || op instanceof Joining.Concat
                || op instanceof Joining.Stack) {
            return x.stream().allMatch(operand -> operand.isZero(g));
        }
        return true;
    }

    /** The parts of a value in the lanes of a group, if they are not those of a shared one. */
    List<Part> parts(Swept value, int g) {
        return value.isZero(g) ? List.of() : value.isShared() ? null : value.groups().get(g);
    }

    private List<Part> pointwise(Pointwise op, List<Swept> x, int g) {
        if (op == ChainRule.SCALE) {
            if (x.get(0).isZero(g) || x.get(1).isZero(g)) {
                return List.of();
            } else if (x.get(0).isShared() || x.get(1).isShared()) {
                int own = x.get(0).isShared() ? 1 : 0;
                Node other = x.get(1 - own).shared();
                return each(x.get(own), g, part -> {
                    Node slope = at(lanes[g], other, part.at());
                    return part.with(own == 1 ? op.of(builder, slope, part.value())
                            : op.of(builder, part.value(), slope));
                });
            }
        } else if (op == Arithmetic.NEGATE) {
            return each(x.get(0), g, part -> part.with(op.of(builder, part.value())));
        } else if (op == ChainRule.ADD || op == Arithmetic.SUBTRACT) {
            List<Part> left = parts(x.get(0), g);
            List<Part> right = parts(x.get(1), g);
            if (left != null && right != null) {
                return sum(op, left, right);
            }
        }
        return null;
    }

    /** Each part made another. */
    List<Part> each(Swept value, int g, java.util.function.UnaryOperator<Part> change) {
        List<Part> changed = new ArrayList<>();
        value.groups().get(g).forEach(part -> changed.add(change.apply(part)));
        return changed;
    }

    /** x + y or x − y; null if it has too many parts. */
    List<Part> sum(Op op, List<Part> x, List<Part> y) {
        List<Part> sum = new ArrayList<>(x);
        for (Part part : y) {
            int at = 0;
            Part both = null;
            for (; both == null && at < x.size(); at++) {
                both = both(sum.get(at), part, op);
            }
            if (both != null) {
                sum.set(at - 1, both);
            } else {
                sum.add(op == ChainRule.ADD ? part : part.with(Arithmetic.NEGATE.of(builder, part.value())));
            }
        }
        for (int i = 0; i < sum.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!apart(sum.get(i), sum.get(j))) {
                    return null; // where both are, numbers would be rounded in another order
                }
            }
        }
        return sum.size() > MOST ? null : sum;
    }

    /** Whether two parts never have an element in common: along an axis, their indices keep a distance. */
    private boolean apart(Part x, Part y) {
        for (int axis = 0; axis < x.at().size(); axis++) {
            if (x.at().get(axis) != null && y.at().get(axis) != null) {
                Offset one = offset(x.at().get(axis));
                Offset other = offset(y.at().get(axis));
                if (x.at().get(axis) instanceof Node.Constant && y.at().get(axis) instanceof Node.Constant
                        && x.at().get(axis) != y.at().get(axis)) {
                    return true;
                }
                if (one.from() == other.from() && one.by() != other.by()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An index as another one and what is added to it, where it is in its range. */
    Offset offset(Node index) {
        return offsets.getOrDefault(index, new Offset(index, 0));
    }

    /** Two parts as one: at the same indices, or in two ranges of an axis that have nothing in common. Else null. */
    private Part both(Part x, Part y, Op op) {
        int differing = -1;
        for (int axis = 0; axis < x.at().size(); axis++) {
            if (x.at().get(axis) != y.at().get(axis)) {
                if (differing >= 0 || x.at().get(axis) == null || y.at().get(axis) == null) {
                    return null;
                }
                differing = axis;
            }
        }
        if (differing < 0) {
            return x.with(op.of(builder, x.value(), y.value()));
        }
        Node first = x.at().get(differing);
        Node second = y.at().get(differing);
        Range one = ranges.get(first);
        Range other = ranges.get(second);
        if (one == null || other == null || one.whole() != other.whole()
                || one.low() <= other.high() && other.low() <= one.high()) {
            return null;
        }
        boolean before = one.low() < other.low();
        Node bound = builder.fill(before ? other.low() : one.low(), first.shape());
        Node index = Shifting.EITHER.of(builder,
                List.of(one.whole(), bound, before ? first : second, before ? second : first));
        ranges.put(index, new Range(one.whole(), Math.min(one.low(), other.low()), Math.max(one.high(), other.high())));
        return x.with(differing, index, op.of(builder, x.value(), y.value()));
    }

    /** A value of each lane, everywhere. */
    Node whole(Swept value, int g) {
        int count = lanes[g];
        if (value.isShared()) {
            return repeated(count, value.shared());
        }
        List<Part> parts = value.groups().get(g);
        if (parts.isEmpty()) {
            return builder.fill(0, lead(count, value.shape()));
        }
        Node sum = null;
        for (Part part : parts) {
            Node node = whole(part, value.shape(), count);
            sum = sum == null ? node : builder.add(sum, node);
        }
        return sum;
    }

    /** A part with zeros around it. */
    Node whole(Part part, Shape shape, int count) {
        Node value = part.value();
        for (int axis = 0; axis < part.at().size(); axis++) {
            Node index = part.at().get(axis);
            if (index == null) {
                continue;
            }
            int place = axis + first(count);
            Shape before = value.shape();
            int rows = 1;
            for (int k = 0; k < place; k++) {
                rows *= before.extent(k);
            }
            int rest = before.size() / Math.max(1, rows);
            int extent = shape.extent(axis);
            if (count == 1 && index instanceof Node.Constant known) {
                int there = (int) known.value().at(0);
                Node row = Structure.reshape(builder, value, before.with(place, 1));
                value = extent == 1 ? row : new Slicing.Pad(place, there, extent - 1 - there).of(builder, row);
                continue;
            }
            double[] starts = new double[rows];
            for (int row = 0; row < rows; row++) {
                starts[row] = (double) row * extent;
            }
            Node of = count == 1 ? repeatedTo(1, index, Shape.of(rows))
                    : rows == count ? index : Structure.flat(builder, spread(index, 1, rows / count));
            Node at = rows == 1 ? of : builder.add(of, builder.constant(Tensor.vector(starts)));
            Node flat = rest == 1 ? Structure.reshape(builder, value, Shape.of(rows))
                    : Structure.reshape(builder, value, Shape.of(rows, rest));
            Node all = new Gathering.ScatterAdd(0, rows * extent).of(builder, flat, at);
            value = Structure.reshape(builder, all, before.with(place, extent));
        }
        return value;
    }

    /** The operation lane by lane, on whole operands. */
    private List<List<Part>> whole(Op op, List<Swept> x, int g) {
        int count = lanes[g];
        List<Node> operands = new ArrayList<>();
        x.forEach(value -> operands.add(value.isShared() ? value.shared() : whole(value, g)));
        if (op instanceof Pointwise) {
            List<Node> all = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                all.add(x.get(i).isShared() ? repeated(count, operands.get(i)) : operands.get(i));
            }
            return List.of(List.of(Part.whole(x.get(0).shape().rank(), op.of(builder, all))));
        }
        List<List<Node>> results = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            List<Node> own = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                own.add(x.get(i).isShared() || count == 1 ? operands.get(i)
                        : Structure.reshape(builder, new Slicing.Slice(0, lane, lane + 1).of(builder, operands.get(i)),
                                x.get(i).shape()));
            }
            results.add(builder.apply(op, own));
        }
        List<List<Part>> parts = new ArrayList<>();
        for (int j = 0; j < op.results(); j++) {
            int result = j;
            Shape shape = results.get(0).get(j).shape();
            Node all = count == 1 ? results.get(0).get(j) : Structure.reshape(builder, Joining.concat(builder,
                    results.stream().map(lane -> Structure.flat(builder, lane.get(result))).toList()),
                    lead(count, shape));
            parts.add(List.of(Part.whole(shape.rank(), all)));
        }
        return parts;
    }
}
