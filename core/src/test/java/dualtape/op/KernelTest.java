package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.kernel.Elementary;
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
                List<Array<Double>> planted = reached.operands().stream()
                        .map(x -> doubles.constant(planted(random, x))).toList();
                check(reached.op(), Reached.consistent(doubles, reached.op(), planted).stream()
                        .map(array -> array.toTensor(v -> v)).toList());
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
        List<Tensor> expected = doubles.apply(op, operands.stream().map(doubles::constant).toList()).stream()
                .map(array -> array.toTensor(v -> v)).toList();
        List<Tensor> got = results(op, operands);
        int ulps = op instanceof Norms.Norm ? 4 : 0; // the definition scales by the largest, the kernel by a power of two
        for (int j = 0; j < expected.size(); j++) {
            for (int k = 0; k < expected.get(j).size(); k++) {
                double right = expected.get(j).at(k);
                double difference = Math.abs(got.get(j).at(k) - right);
                assertTrue(Double.compare(got.get(j).at(k) + 0.0, right + 0.0) == 0
                        || difference <= ulps * Math.ulp(right),
                        op + " at " + operands + ": the kernel gives " + got + ", the definition " + expected);
            }
        }
    }

    private static Tensor run(Op op, List<Tensor> operands) {
        return results(op, operands).get(0);
    }

    /** Runs a kernel at offsets, and sees that it writes nowhere else. */
    private static List<Tensor> results(Op op, List<Tensor> operands) {
        List<Shape> shapes = operands.stream().map(Tensor::shape).toList();
        Kernel kernel = op.kernel(shapes);
        assertNotNull(kernel, op + " has no kernel");
        int[] xAt = new int[operands.size()];
        double[][] x = new double[xAt.length][];
        for (int i = 0; i < x.length; i++) {
            xAt[i] = i + 3;
            x[i] = surrounded(operands.get(i).size(), xAt[i]);
            operands.get(i).copyTo(x[i], xAt[i]);
        }
        double[][] before = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        List<Shape> resultShapes = op.shapes(shapes);
        assertEquals(op.results(), resultShapes.size(), op + ": results");
        int[] sizes = new int[resultShapes.size() + 1];
        for (int j = 0; j < resultShapes.size(); j++) {
            sizes[j] = resultShapes.get(j).size();
        }
        sizes[resultShapes.size()] = kernel.workspace();
        int[] yAt = new int[sizes.length];
        double[][] y = new double[sizes.length][];
        for (int j = 0; j < y.length; j++) {
            yAt[j] = j + 4;
            y[j] = surrounded(sizes[j], yAt[j]);
        }
        kernel.run(x, xAt, y, yAt);
        assertTrue(Arrays.deepEquals(before, x), op + " writes to an operand");
        List<Tensor> results = new ArrayList<>();
        for (int j = 0; j < y.length; j++) {
            Set<Double> around = new HashSet<>();
            for (int k = 0; k < y[j].length; k++) {
                if (k < yAt[j] || k >= yAt[j] + sizes[j]) {
                    around.add(y[j][k]);
                }
            }
            assertEquals(Set.of(UNTOUCHED), around, op + " writes outside its results");
            if (j < resultShapes.size()) {
                results.add(Tensor.of(resultShapes.get(j), Arrays.copyOfRange(y[j], yAt[j], yAt[j] + sizes[j])));
            }
        }
        return results;
    }

    private static double[] surrounded(int size, int at) {
        double[] memory = new double[at + size + 5];
        Arrays.fill(memory, UNTOUCHED);
        return memory;
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
    void elementaryFunctionsOfLongArraysHaveTheBitsOfTheirDefinitions() {
        SplittableRandom random = new SplittableRandom(9);
        int found = 0;
        for (Operation operation : Operations.all()) {
            if (operation instanceof Unary unary && unary.kernel(List.of(Shape.of(300))) != null) {
                found++;
                for (int n : new int[] {16, 61, 300}) {
                    check(unary, List.of(planted(random, Sample.random(n, -3, 3, n))));
                }
            }
        }
        assertEquals(Elementary.values().length, found);
    }

    @Test
    void exponentialsAreAddedBeyondOneBlock() {
        for (String name : List.of("logsumexp", "softmax", "log_softmax")) {
            Operation operation = Operations.all().stream().filter(o -> o.name().equals(name)).findFirst()
                    .orElseThrow();
            for (int n : new int[] {31, 512, 1000, 1100}) {
                Tensor x = Sample.random(n, -2, 2, n);
                Reached.graph(operation, Sample.of(x)).applications()
                        .forEach(application -> check(application.op(), List.of(x)));
            }
        }
    }

    @Test
    void factorsWorkBeyondSmallMatrices() {
        for (int n : new int[] {0, 1, 7, 20}) {
            Tensor a = Sample.random(n, -1, 1, n, n);
            Tensor factors = Factored.factors(a);
            Tensor b = Sample.random(n + 1, -1, 1, n);
            Tensor h = Sample.random(n + 2, -1, 1, n, n);
            check(new Lu(), List.of(a));
            check(new Determinants.LogDeterminant(), List.of(a, factors));
            check(new Solving.Inverse(), List.of(a, factors));
            for (boolean transposed : new boolean[] {false, true}) {
                check(new Solving.Solve(true, transposed), List.of(a, factors, b));
                check(new Solving.Solve(false, transposed), List.of(a, factors, h));
                check(new TriangularSolve(false, transposed, transposed), List.of(a, b));
                check(new TriangularSolve(true, true, transposed), List.of(a, h));
            }
            check(new Cofactor(1, true), List.of(a, factors, h));
            check(new Cofactor(2, false), List.of(a, factors, h, a));
            Tensor square = new MatrixProduct.MatMul(false, false, true).of(dualtape.program.Tensors.INSTANCE, h, h);
            check(new Cholesky(), List.of(square));
        }
    }

    @Test
    void pivotsThatTieAreTakenInTheSameOrder() {
        for (double[] elements : new double[][] {{1, -1, 1, 1, 1, -1, -1, 1, 1}, {0, 1, 0, 0, 0, 1, 1, 0, 0},
            {2, 2, 2, 2, 2, 2, 2, 2, -2}}) {
            check(new Lu(), List.of(Tensor.of(Shape.of(3, 3), elements)));
        }
    }

    @Test
    void paddedSumsAgreeWithTheirDefinition() {
        for (int axis = 0; axis < 3; axis++) {
            List<Tensor> parts = new ArrayList<>();
            for (int extent : new int[] {2, 5, 1}) {
                parts.add(Sample.random(axis + extent, -1, 1, axis == 0 ? extent : 3, axis == 1 ? extent : 4,
                        axis == 2 ? extent : 2));
            }
            check(new PaddedSum(axis, 6, List.of(3, 0, 5)), parts);
            check(new PaddedSum(axis, 6, List.of(0, 1, 2)), parts);
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
