package dualtape.engine;

import dualtape.ir.ChainRule;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.op.Joining;
import dualtape.op.Reduction;
import dualtape.op.Slicing;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Operations that move elements, and sums, of parts of tensors. */
final class SlabMoves {
    private final Slabs slabs;
    private final GraphBuilder builder;

    SlabMoves(Slabs slabs) {
        this.slabs = slabs;
        this.builder = slabs.builder;
    }

    /** The result's parts in the lanes of a group, null where there is no rule. */
    List<Part> parts(Op op, Swept x, int g) {
        int count = slabs.lanes[g];
        if (op instanceof Structure.Reshape reshape) {
            return reshape(x, reshape.shape(), g);
        } else if (op instanceof Structure.Broadcast broadcast) {
            return slabs.each(x, g, part -> Part.whole(broadcast.shape().rank(),
                    slabs.repeatedTo(count, part.value(), broadcast.shape())));
        } else if (op instanceof Structure.Spread spread) {
            return slabs.each(x, g, part -> part.inserted(spread.axis(), null,
                    slabs.spread(part.value(), axis(part, spread.axis(), count), spread.extent())));
        } else if (op instanceof Structure.Transpose) {
            return slabs.each(x, g, part -> transposed(part, count));
        } else if (op instanceof Slicing.Slice slice) {
            List<Part> parts = new ArrayList<>(slabs.each(x, g, part -> slice(slice, part, count)));
            parts.removeIf(part -> part == null);
            return parts;
        } else if (op instanceof Slicing.Pad pad) {
            return slabs.each(x, g, part -> pad(pad, part, count));
        } else if (op instanceof Reduction.Sum sum) {
            return sum(x, sum.axis(), g);
        } else if (op instanceof Reduction.SumAll) {
            return sumAll(x, g);
        }
        return null;
    }

    /** Where an axis of the tensor is among those of the part's value, or would be. */
    private static int axis(Part part, int axis, int count) {
        return part.position(axis) + Readings.first(count);
    }

    private List<Part> reshape(Swept x, Shape shape, int g) {
        int count = slabs.lanes[g];
        List<Part> parts = new ArrayList<>();
        for (Part part : x.groups().get(g)) {
            Part made = part.isWhole()
                    ? Part.whole(shape.rank(), Structure.reshape(builder, part.value(), slabs.lead(count, shape)))
                    : kept(part, x.shape(), shape, count);
            if (made == null && part.isElement() && shape.rank() == 1) {
                Node index = null;
                int stride = 1;
                for (int axis = part.at().size() - 1; axis >= 0; axis--) {
                    index = slabs.flat(part.at().get(axis), stride, index);
                    stride *= x.shape().extent(axis);
                }
                made = new Part(List.of(index), part.value());
            }
            if (made == null) {
                return null;
            }
            parts.add(made);
        }
        return parts;
    }

    /** A reshape that only adds and removes axes of extent 1, else null. */
    private Part kept(Part part, Shape from, Shape to, int count) {
        List<Node> at = new ArrayList<>();
        int axis = 0;
        for (int k = 0; k < to.rank(); k++) {
            while (axis < from.rank() && from.extent(axis) == 1 && to.extent(k) != 1) {
                axis++;
            }
            boolean same = axis < from.rank() && from.extent(axis) == to.extent(k);
            if (!same && to.extent(k) != 1) {
                return null;
            }
            at.add(same ? part.at().get(axis++) : null);
        }
        for (; axis < from.rank(); axis++) {
            if (from.extent(axis) != 1) {
                return null;
            }
        }
        return new Part(at,
                Structure.reshape(builder, part.value(), slabs.lead(count, Part.wholes(to, at))));
    }

    private Part transposed(Part part, int count) {
        List<Node> at = new ArrayList<>(part.at());
        Collections.reverse(at);
        int[] axes = new int[part.value().shape().rank()];
        int first = Readings.first(count);
        for (int k = 0; k < axes.length; k++) {
            axes[k] = k < first ? k : axes.length - 1 - (k - first);
        }
        return new Part(at, slabs.permuted(part.value(), axes));
    }

    /** Null if the part is known to lie elsewhere. */
    private Part slice(Slicing.Slice slice, Part part, int count) {
        int axis = slice.axis();
        Node index = part.at().get(axis);
        if (index == null) {
            return part.with(new Slicing.Slice(axis(part, axis, count), slice.from(), slice.to())
                    .of(builder, part.value()));
        }
        if (index instanceof Node.Constant known) {
            double there = known.value().at(0) - slice.from();
            return there < 0 || there >= slice.to() - slice.from() ? null
                    : part.with(axis, builder.fill(there, index.shape()), part.value());
        }
        Node from = builder.fill(slice.from(), index.shape());
        Node last = builder.fill(slice.to() - slice.from() - 1, index.shape());
        Node shifted = Shifting.INDEX.of(builder, index, from, last);
        Slabs.Offset before = slabs.offset(index);
        slabs.offsets.put(shifted, new Slabs.Offset(before.from(), before.by() - slice.from()));
        slabs.ranges.put(shifted, new Slabs.Range(index, slice.from(), slice.to() - 1));
        Shape shape = part.value().shape();
        List<Node> operands = new ArrayList<>();
        for (Node number : List.of(index, from, last)) {
            operands.add(number.shape().equals(shape) ? number
                    : slabs.repeatedTo(count, number, count == 1 ? shape : shape.without(0)));
        }
        operands.add(part.value());
        return part.with(axis, shifted, Shifting.VALUE.of(builder, operands));
    }

    private Part pad(Slicing.Pad pad, Part part, int count) {
        int axis = pad.axis();
        Node index = part.at().get(axis);
        return index == null
                ? part.with(
                        new Slicing.Pad(axis(part, axis, count), pad.before(), pad.after()).of(builder, part.value()))
                : part.with(axis, ahead(index, pad.before()), part.value());
    }

    private Node ahead(Node index, int by) {
        if (by == 0) {
            return index;
        } else if (index instanceof Node.Constant known) {
            return builder.fill(known.value().at(0) + by, index.shape());
        }
        Node ahead = ChainRule.ADD.of(builder, index, builder.fill(by, index.shape()));
        Slabs.Offset before = slabs.offset(index);
        slabs.offsets.put(ahead, new Slabs.Offset(before.from(), before.by() + by));
        if (slabs.ranges.containsKey(index)) {
            slabs.ranges.put(ahead, slabs.ranges.get(index));
        }
        return ahead;
    }

    /** Sums along an axis. Elements of one sum are added in another order here, unless there are two at the most. */
    private List<Part> sum(Swept x, int axis, int g) {
        int count = slabs.lanes[g];
        List<Part> parts = x.groups().get(g);
        if (parts.size() > 1 && (parts.size() > 2 || parts.stream().anyMatch(part -> part.at().get(axis) == null))) {
            return null;
        }
        return together(slabs.each(x, g, part -> part.without(axis, part.at().get(axis) != null ? part.value()
                : new Reduction.Sum(axis(part, axis, count)).of(builder, part.value()))));
    }

    private List<Part> sumAll(Swept x, int g) {
        int count = slabs.lanes[g];
        List<Part> parts = x.groups().get(g);
        boolean single = parts.stream().allMatch(part -> part.value().shape().size() == count) && parts.size() <= 2;
        if (!single && !(parts.size() == 1 && parts.get(0).isWhole())) {
            return null;
        }
        return together(slabs.each(x, g, part -> Part.whole(0, total(part.value(), count))));
    }

    private Node total(Node value, int count) {
        int size = value.shape().size() / count;
        if (count == 1) {
            return value.shape().isScalar() ? value : new Reduction.SumAll().of(builder, value);
        }
        Node rows = Structure.reshape(builder, value, size == 1 ? Shape.of(count) : Shape.of(count, size));
        return size == 1 ? rows : new Reduction.Sum(1).of(builder, rows);
    }

    /** Parts at the same indices added up. */
    private List<Part> together(List<Part> parts) {
        return parts.size() == 2 && parts.get(0).beside(parts.get(1))
                ? List.of(parts.get(0).with(builder.add(parts.get(0).value(), parts.get(1).value())))
                : parts;
    }

    /** End to end along an axis: each operand's parts where it lies in the whole. */
    List<Part> concat(Joining.Concat concat, List<Swept> x, int g) {
        int axis = concat.axis();
        int before = 0;
        List<Part> parts = List.of();
        for (Swept operand : x) {
            List<Part> own = slabs.parts(operand, g);
            if (own == null || own.stream().anyMatch(part -> part.at().get(axis) == null)) {
                return null;
            }
            List<Part> there = new ArrayList<>();
            for (Part part : own) {
                there.add(part.with(axis, ahead(part.at().get(axis), before), part.value()));
            }
            parts = slabs.sum(ChainRule.ADD, parts, there);
            before += operand.shape().extent(axis);
            if (parts == null) {
                return null;
            }
        }
        return parts;
    }
}
