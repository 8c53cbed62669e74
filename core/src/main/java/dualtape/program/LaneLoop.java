package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.kernel.Forms;
import dualtape.kernel.TensorKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What generated loops on vectors extend: a loop without carries, some trips at once. A block is as many neighbouring trips as a vector
 * has lanes. {@link #whole} does whole blocks; {@link #run} the rest, trip by trip, and adds up the partial sums.
 *
 * <p>Sums keep their partial sums by index modulo 32: the trips of a block are neighbours there too. Where terms are tensors, the blocks
 * that add to the same partial sums follow each other, so that those stay in the first cache.
 */
abstract class LaneLoop extends Generated {
    /** More than any loop has, and times the lanes still an int. */
    static final int ALL = 1 << 26;
    /** The most trips that loops inside do: few while they are warmed, which gives results that nobody wants. */
    int most = ALL;

    LaneLoop(double[] constants, Call[] calls, int workspace) {
        super(constants, calls, workspace);
    }

    /**
     * The first blocks of trips. Operands and results as in {@link #run}.
     *
     * @return whether a product of the chain rule has met an infinity or NaN: then all must be done trip by trip
     */
    abstract boolean whole(double[][] x, int[] xAt, double[][] y, int[] yAt, int blocks);

    /** The lanes of the vectors on which a loop may be written, or 0. */
    static int lanes(Scan scan) {
        TensorKernels vectors = Forms.vectors();
        int lanes = vectors == null ? 0 : vectors.lanes();
        boolean fits = lanes > 0 && scan.carries() == 0 && scan.length() >= lanes
                && (!scan.reverse() || scan.sums() == 0);
        return fits && Codegen.vectors(scan) ? lanes : 0;
    }

    /** Writes {@link #whole}: this, x, xAt, y, yAt, blocks in the first six locals. */
    static LaneCode write(Code code, Scan scan, int lanes, BodyCode.Bodies bodies, ClassVisitor writer) {
        LaneCode body = new LaneCode(code, ValueCode.place(code, 3, 4, scan.results()), BodyCode.constants(code),
                bodies,
                lanes, writer);
        new Writer(code, scan, lanes, body).write(bodies.fused(scan.body()));
        return body;
    }

    /** Writes the loop over blocks. */
    private record Writer(Code code, Scan scan, int lanes, LaneCode body, List<ValueCode.Value> operands,
            List<ValueCode.Place> results) {
        Writer(Code code, Scan scan, int lanes, LaneCode body) {
            this(code, scan, lanes, body, new ArrayList<>(), new ArrayList<>());
        }

        void write(Graph fused) {
            List<ValueCode.Place> partials = partials();
            for (int i = 0; i < scan.body().inputs().size(); i++) {
                ValueCode.Place place = ValueCode.place(code, 1, 2, i);
                boolean single = i < scan.consts() && size(scan.body().inputs().get(i)) == 1;
                operands.add(single ? body.load(place) : place);
            }
            for (int j = 0; j < scan.results(); j++) {
                results.add(ValueCode.place(code, 3, 4, j));
            }
            body.limit();
            body.formulas().begin();
            LaneDoubts doubts = body.doubts(scan, fused);
            int groups = WIDTH / lanes;
            boolean tensors = fused.outputs().subList(0, scan.sums()).stream().anyMatch(output -> size(output) > 1);
            if (tensors) {
                code.loop(0, groups, false, group -> {
                    int count = code.single();
                    code.var(Opcodes.ILOAD, 5);
                    code.var(Opcodes.ILOAD, group);
                    code.insn(Opcodes.ISUB);
                    code.integer(groups - 1);
                    code.insn(Opcodes.IADD);
                    code.integer(groups);
                    code.insn(Opcodes.IDIV);
                    code.var(Opcodes.ISTORE, count);
                    code.loopTo(count, index -> {
                        int first = code.single();
                        code.var(Opcodes.ILOAD, index);
                        code.integer(WIDTH);
                        code.insn(Opcodes.IMUL);
                        code.var(Opcodes.ILOAD, group);
                        code.integer(lanes);
                        code.insn(Opcodes.IMUL);
                        code.insn(Opcodes.IADD);
                        code.var(Opcodes.ISTORE, first);
                        block(fused, first, partials);
                    });
                });
            } else {
                code.loopTo(5, index -> {
                    int first = code.single();
                    code.var(Opcodes.ILOAD, index);
                    code.integer(lanes);
                    code.insn(Opcodes.IMUL);
                    code.var(Opcodes.ISTORE, first);
                    block(fused, first, partials);
                });
            }
            body.formulas().end();
            for (int s = 0; s < scan.sums(); s++) {
                if (doubts.isDoubtful(fused.outputs().get(s))) {
                    ValueCode.Place place = partials.get(s);
                    code.address(place.array(), place.base(), place.at(), -1);
                    code.integer(WIDTH);
                    code.callStatic(ValueCode.GENERATED, "anyNaN", "([DII)Z");
                    code.insn(Opcodes.IOR);
                }
            }
            code.insn(Opcodes.IRETURN);
        }

        private static int size(Node node) {
            return node.shape().size();
        }

        /** The partial sums, where {@link SumCode#begun} has them. */
        private List<ValueCode.Place> partials() {
            List<ValueCode.Place> partials = new ArrayList<>();
            for (int s = 0; s < scan.sums(); s++) {
                int size = size(scan.body().outputs().get(s));
                ValueCode.Place place = body.take(size * WIDTH / lanes);
                partials.add(place);
                code.address(place.array(), place.base(), place.at(), -1);
                code.integer(size * WIDTH);
                code.callStatic(ValueCode.GENERATED, "clear", "([DII)V");
            }
            return partials;
        }

        /** One block; {@code first}: a local with the number of its first trip. */
        private void block(Graph fused, int first, List<ValueCode.Place> partials) {
            int mark = body.top;
            boolean inParts = LaneParts.of(fused).size() > 1;
            Map<Node, ValueCode.Value> values = new HashMap<>();
            for (int i = 0; i < fused.inputs().size(); i++) {
                int size = size(fused.inputs().get(i));
                ValueCode.Value operand = operands.get(i);
                values.put(fused.inputs().get(i),
                        i < scan.consts() ? operand : slice((ValueCode.Place) operand, size, first, inParts));
            }
            Map<Node, ValueCode.Place> wished = new HashMap<>();
            body.graph(fused, values, wished);
            for (int s = 0; s < scan.sums(); s++) {
                add(partials.get(s), values.get(fused.outputs().get(s)), size(fused.outputs().get(s)), first);
            }
            for (int j = scan.sums(); j < scan.results(); j++) {
                stack(values.get(fused.outputs().get(j)), size(fused.outputs().get(j)), results.get(j), first);
            }
            body.formulas().remember();
            body.top = mark;
        }

        /** A slice, which the parts of a long body read where it is. */
        private ValueCode.Value slice(ValueCode.Place sequence, int size, int first, boolean inParts) {
            if (size == 1 && inParts) {
                int here = code.single();
                code.sum(sequence.base(), 0, first, 1);
                code.var(Opcodes.ISTORE, here);
                return new ValueCode.Place(sequence.array(), here, 0, lanes);
            }
            if (size == 1) {
                body.element(() -> code.address(sequence.array(), sequence.base(), 0, first));
                return body.store();
            }
            ValueCode.Place slice = body.take(size);
            code.address(sequence.array(), sequence.base(), 0, first, size);
            code.integer(size);
            code.address(slice.array(), slice.base(), slice.at(), -1);
            code.integer(lanes);
            code.callStatic(ValueCode.GENERATED, "interleave", "([DII[DII)V");
            return slice;
        }

        private void add(ValueCode.Place partials, ValueCode.Value term, int size, int first) {
            int base = code.single();
            code.var(Opcodes.ILOAD, first);
            code.integer(WIDTH - 1);
            code.insn(Opcodes.IAND);
            code.integer(size);
            code.insn(Opcodes.IMUL);
            code.sum(partials.base(), partials.at(), -1, 1);
            code.insn(Opcodes.IADD);
            code.var(Opcodes.ISTORE, base);
            ValueCode.Place to = new ValueCode.Place(partials.array(), base, 0, lanes);
            if (size == 1) {
                body.addTo(to, term);
                return;
            }
            ValueCode.Place from = body.placed(term, size);
            code.address(to.array(), base, 0, -1);
            code.address(from.array(), from.base(), from.at(), -1);
            code.integer(size * lanes);
            body.addAll();
        }

        private void stack(ValueCode.Value value, int size, ValueCode.Place to, int first) {
            if (size == 1) {
                body.element(() -> code.address(to.array(), to.base(), 0, first), () -> body.push(value));
                return;
            }
            ValueCode.Place from = body.placed(value, size);
            code.address(from.array(), from.base(), from.at(), -1);
            code.address(to.array(), to.base(), 0, first, size);
            code.integer(size);
            code.integer(lanes);
            code.callStatic(ValueCode.GENERATED, "rows", "([DI[DIII)V");
        }
    }
}
