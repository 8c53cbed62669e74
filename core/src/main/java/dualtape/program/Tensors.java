package dualtape.program;

import dualtape.ir.Algebra;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The algebra of values: each operation runs at once, on tensors. The path for teaching and for recording. */
public final class Tensors implements Algebra<Tensor> {
    /** The one instance; thread-safe. */
    public static final Tensors INSTANCE = new Tensors();

    private Tensors() {}

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
        List<Shape> operandShapes = operands.size() == 1 ? List.of(operands.get(0).shape())
                : operands.stream().map(Tensor::shape).toList();
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
        List<Tensor> results = new ArrayList<>(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            results.add(Tensor.wrap(shapes.get(i), y[i]));
        }
        return results;
    }
}
