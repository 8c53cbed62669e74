package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Array;
import dualtape.ir.Bodied;
import dualtape.ir.Kernel;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The fast form of each operation: its own kernel, a generated loop for a pointwise one, else its definition over
 * doubles.
 */
public final class Kernels {
    private Kernels() {}

    /** The kernel of an operation for operands of these shapes. */
    public static Kernel of(Op op, List<Shape> operands) {
        return of(op, operands, Codegen.worth());
    }

    /** The same; a loop is generated if it does so many elementary operations. */
    static Kernel of(Op op, List<Shape> operands, long worth) {
        if (op instanceof Scan scan && scan.work(List.of()) >= worth) {
            Kernel loop = LoopCode.of(scan);
            if (loop != null) {
                return loop;
            }
        }
        if (op instanceof Bodied bodied) {
            return bodied.kernel(operands, Program::body);
        }
        Kernel own = op.kernel(operands);
        if (own != null) {
            return own;
        }
        if (op instanceof Pointwise pointwise) {
            int size = operands.get(0).size();
            Kernel single = size == 1 ? SingleKernel.of(pointwise) : null;
            return single != null ? single : PointwiseKernels.of(pointwise, size);
        }
        return new Definition(op, operands, op.shapes(operands));
    }

    /** The definition itself, boxed: right for every operation, fast for none. */
    record Definition(Op op, List<Shape> operands, List<Shape> results) implements Kernel {
        @Override
        public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            List<Array<Double>> in = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                Array<Double> array = new Array<>(operands.get(i));
                for (int k = 0; k < array.size(); k++) {
                    array.set(k, x[i][xAt[i] + k]);
                }
                in.add(array);
            }
            List<Array<Double>> out = new ArrayList<>();
            results.forEach(shape -> out.add(new Array<>(shape)));
            op.value(DoubleNumbers.INSTANCE, in, out);
            for (int j = 0; j < results.size(); j++) {
                for (int k = 0; k < out.get(j).size(); k++) {
                    y[j][yAt[j] + k] = out.get(j).get(k);
                }
            }
        }
    }
}
