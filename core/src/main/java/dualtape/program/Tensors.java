package dualtape.program;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The algebra of values: each operation runs at once, on tensors. The path for teaching and for recording. */
public final class Tensors implements Algebra<Tensor> {
    /** By the conventions of the least norm; thread-safe. */
    public static final Tensors INSTANCE = new Tensors(Conventions.MINNORM);

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
    public List<Tensor> apply(Op op, List<Tensor> operands) {
        Shape[] from = new Shape[operands.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = operands.get(i).shape();
        }
        List<Shape> operandShapes = List.of(from);
        List<Shape> shapes = op.shapes(operandShapes);
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
