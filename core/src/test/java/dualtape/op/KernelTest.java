package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Kernel;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel has the bits of the definition of its operation, also where zeros meet infinities and NaN. */
class KernelTest {
    private static final double[] SPECIAL = {0, -0.0, 1, -2, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Double.NaN};
    private static final double UNTOUCHED = 12345.678;

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyKernelComputesItsDefinition(Operation operation) {
        Set<Reached.Case> cases = Reached.cases(operation);
        SplittableRandom random = new SplittableRandom(5);
        for (Reached.Case reached : cases) {
            if (reached.op() instanceof Pointwise) {
                continue; // generated from the definition
            }
            check(reached.op(), reached.operands());
            for (int repeat = 0; repeat < 8; repeat++) {
                check(reached.op(), reached.operands().stream().map(x -> planted(random, x)).toList());
            }
        }
    }

    private static Tensor planted(SplittableRandom random, Tensor x) {
        double[] data = x.toArray();
        for (int k = 0; k < data.length; k++) {
            if (random.nextInt(3) == 0) {
                data[k] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return Tensor.of(x.shape(), data);
    }

    private void check(Op op, List<Tensor> operands) {
        Tensor expected = op.of(doubles, operands.stream().map(doubles::constant).toList()).toTensor(v -> v);
        Tensor got = run(op, operands);
        int ulps = op instanceof Norms.Norm ? 4 : 0; // the definition scales by the largest, the kernel by a power of two
        for (int k = 0; k < expected.size(); k++) {
            double difference = Math.abs(got.at(k) - expected.at(k));
            assertTrue(Double.compare(got.at(k) + 0.0, expected.at(k) + 0.0) == 0
                    || difference <= ulps * Math.ulp(expected.at(k)),
                    op + " at " + operands + ": the kernel gives " + got + ", the definition " + expected);
        }
    }

    /** Runs a kernel at offsets, and sees that it writes nowhere else. */
    private static Tensor run(Op op, List<Tensor> operands) {
        List<Shape> shapes = operands.stream().map(Tensor::shape).toList();
        Kernel kernel = op.kernel(shapes);
        assertNotNull(kernel, op + " has no kernel");
        double[][] x = new double[operands.size()][];
        int[] xAt = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            xAt[i] = i + 3;
            x[i] = new double[operands.get(i).size() + xAt[i] + 5];
            Arrays.fill(x[i], UNTOUCHED);
            operands.get(i).copyTo(x[i], xAt[i]);
        }
        double[][] before = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        Shape shape = op.shapes(shapes).get(0);
        double[] y = new double[shape.size() + 9];
        double[] scratch = new double[kernel.workspace() + 6];
        Arrays.fill(y, UNTOUCHED);
        Arrays.fill(scratch, UNTOUCHED);
        kernel.run(x, xAt, new double[][] {y, scratch}, new int[] {4, 3});
        List<Double> around = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            around.add(y[k]);
            around.add(y[y.length - 1 - k]);
            around.add(k < 3 ? scratch[k] : UNTOUCHED);
            around.add(k < 3 ? scratch[scratch.length - 1 - k] : UNTOUCHED);
        }
        assertEquals(Set.of(UNTOUCHED), new HashSet<>(around), op + " writes outside its result");
        assertTrue(Arrays.deepEquals(before, x), op + " writes to an operand");
        return Tensor.of(shape, Arrays.copyOfRange(y, 4, 4 + shape.size()));
    }

    @Test
    void kernelsWorkBeyondOneBlock() {
        for (int n : new int[] {0, 1, 2, 31, 32, 33, 64, 1000}) {
            Tensor x = Sample.random(n, -1, 1, n);
            check(new Reduction.SumAll(), List.of(x));
            check(new VectorProduct.Dot(false), List.of(x, Sample.random(n + 1, 0, 1, n)));
            Tensor matrix = Sample.random(n, 0, 1, n, 35);
            check(new Reduction.Sum(0), List.of(matrix));
            check(new Reduction.Sum(1), List.of(matrix));
            check(new Structure.Transpose(), List.of(matrix));
            check(new MatrixProduct.MatVec(true, false), List.of(matrix, Sample.random(3, 0, 1, 35)));
            check(new MatrixProduct.MatVec(true, true), List.of(matrix, x));
        }
    }

    @Test
    void sumsAlongEitherAxisHaveTheSameBits() {
        Tensor x = Sample.random(3, -1, 1, 100, 37);
        Tensor byRows = run(new Reduction.Sum(0), List.of(x));
        Tensor byColumns = run(new Reduction.Sum(1), List.of(run(new Structure.Transpose(), List.of(x))));
        assertEquals(byColumns, byRows);
        Tensor column = run(new Slicing.Slice(1, 7, 8), List.of(x));
        assertEquals(byRows.at(7), run(new Reduction.SumAll(), List.of(column)).value());
    }

    @Test
    void productsOfMatricesHaveTheSameBitsHoweverTheyAreTransposed() {
        Tensor a = Sample.random(1, -1, 1, 9, 40);
        Tensor b = Sample.random(2, -1, 1, 40, 7);
        Tensor at = run(new Structure.Transpose(), List.of(a));
        Tensor bt = run(new Structure.Transpose(), List.of(b));
        Tensor product = run(new MatrixProduct.MatMul(false, false, false), List.of(a, b));
        assertEquals(product, run(new MatrixProduct.MatMul(false, true, false), List.of(at, b)));
        assertEquals(product, run(new MatrixProduct.MatMul(true, false, true), List.of(a, bt)));
        assertEquals(product, run(new MatrixProduct.MatMul(true, true, true), List.of(at, bt)));
    }

    @Test
    void normsNeitherOverflowNorUnderflow() {
        for (double scale : new double[] {1e300, 1e-300, Double.MIN_VALUE, 1e160, 1e-170}) {
            Tensor x = Tensor.vector(3 * scale, -4 * scale);
            for (Op op : List.of(new Norms.Norm(0), new Norms.Norm(Axis.ALL))) {
                assertEquals(5 * scale, run(op, List.of(x)).value(), Math.ulp(5 * scale));
                check(op, List.of(x));
            }
        }
    }

    @Test
    void anExactZeroWinsInChainedProducts() {
        Tensor steep = Tensor.vector(Double.POSITIVE_INFINITY, 2);
        assertEquals(6.0, run(new VectorProduct.Dot(true), List.of(steep, Tensor.vector(0, 3))).value());
        assertTrue(Double.isNaN(run(new VectorProduct.Dot(false), List.of(steep, Tensor.vector(0, 3))).value()));
    }
}
