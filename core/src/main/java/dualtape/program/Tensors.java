package dualtape.program;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.List;

/** The algebra of values: each operation runs at once, on tensors. The path for teaching and for recording. */
public final class Tensors implements Algebra<Tensor> {
    /** By the conventions of the least norm; thread-safe. */
    public static final Tensors INSTANCE = new Tensors(Conventions.MINNORM);

    private static final int[] ZEROS = new int[PointwiseKernel.MOST];

    private final Conventions conventions;

    private Tensors(Conventions conventions) {
        this.conventions = conventions;
    }

    /** Values, for derivatives by these conventions. */
    public static Tensors by(Conventions conventions) {
        return conventions == Conventions.MINNORM ? INSTANCE : new Tensors(conventions);
    }

    @Override
    public Conventions conventions() {
        return conventions;
    }

    @Override
    public Shape shape(Tensor value) {
        return value.shape();
    }

    @Override
    public Tensor constant(Tensor tensor) {
        return tensor;
    }

    @Override
    public Tensor single(Op op, List<Tensor> operands) {
        Tensor pointwise = op instanceof Pointwise each ? pointwise(each, operands) : null;
        if (pointwise == null && op instanceof Structure.Broadcast broadcast && operands.get(0).shape().isScalar()) {
            return Tensor.uniform(operands.get(0).value(), broadcast.shape());
        }
        return pointwise != null ? pointwise : apply(op, operands).get(0);
    }

    /** A pointwise operation without what others need; null if the operands do not fit, or are too many. */
    private static Tensor pointwise(Pointwise op, List<Tensor> operands) {
        int arity = op.arity();
        if (operands.size() != arity || arity > PointwiseKernel.MOST) {
            return null;
        }
        Shape shape = operands.get(0).shape();
        for (int i = 1; i < arity; i++) {
            if (!operands.get(i).shape().equals(shape)) {
                return null;
            }
        }
        if (shape.size() == 1) {
            return Tensor.wrap(shape, new double[] {PointwiseKernels.at(op, operands.get(0).at(0),
                    arity > 1 ? operands.get(1).at(0) : 0, arity > 2 ? operands.get(2).at(0) : 0)});
        }
        double[][] x = new double[arity][];
        for (int i = 0; i < arity; i++) {
            x[i] = operands.get(i).elements();
        }
        double[] y = new double[shape.size()];
        PointwiseKernels.of(op, y.length).run(x, ZEROS, new double[][] {y}, ZEROS);
        return Tensor.wrap(shape, y);
    }

    @Override
    public List<Tensor> apply(Op op, List<Tensor> operands) {
        Shape[] from = new Shape[operands.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = operands.get(i).shape();
        }
        List<Shape> operandShapes = List.of(from);
        List<Shape> shapes = op.shapes(operandShapes);
        if (shapes.size() == 1 && op.view(operandShapes) == 0 && shapes.get(0).size() == operands.get(0).size()) {
            return List.of(operands.get(0).reshape(shapes.get(0)));
        }
        var kernel = Kernels.of(op, operandShapes);
        double[][] x = new double[operands.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = operands.get(i).elements();
        }
        boolean scratch = kernel.workspace() > 0;
        double[][] y = new double[shapes.size() + (scratch ? 1 : 0)][];
        for (int i = 0; i < shapes.size(); i++) {
            y[i] = new double[shapes.get(i).size()];
        }
        if (scratch) {
            y[shapes.size()] = new double[kernel.workspace()];
        }
        kernel.run(x, new int[x.length], y, new int[y.length]);
        if (shapes.size() == 1) {
            return List.of(Tensor.wrap(shapes.get(0), y[0]));
        }
        List<Tensor> results = new ArrayList<>(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            results.add(Tensor.wrap(shapes.get(i), y[i]));
        }
        return results;
    }
}
