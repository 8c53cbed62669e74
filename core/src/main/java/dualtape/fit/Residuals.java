package dualtape.fit;

import dualtape.engine.Engine;
import dualtape.engine.InputException;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Source;
import dualtape.ir.Tensor;
import java.util.List;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * A vector function of one parameter vector, with its Jacobian by an engine, as Commons Math's least squares wants it.
 * The other inputs keep the values of the point. Not thread-safe.
 */
public final class Residuals implements MultivariateJacobianFunction {
    private final Prepared prepared;
    private final double[] x;
    private final int offset;
    private final int columns;

    /**
     * Prepares the Jacobian.
     *
     * @param parameters the name of the input that is fitted
     * @param at a value for every input; of the parameters only the shape matters
     * @throws InputException if there is no such input
     */
    public Residuals(Source source, String parameters, Point at, Engine engine) {
        this.prepared = engine.prepare(source.trace(at), List.of(parameters), Operator.JACOBIAN);
        this.x = prepared.inputs().flatten(at);
        this.offset = prepared.inputs().offset(prepared.inputs().names().indexOf(parameters));
        this.columns = prepared.derivatives().size();
    }

    /** The number of residuals. */
    public int rows() {
        return prepared.rows();
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
        if (point.getDimension() != columns) {
            throw new InputException("the parameters have " + columns + " elements, got " + point.getDimension());
        }
        for (int i = 0; i < columns; i++) {
            x[offset + i] = point.getEntry(i);
        }
        double[] value = new double[prepared.rows()];
        double[] jacobian = new double[prepared.rows() * columns];
        prepared.run(x, value, jacobian);
        double[][] rows = new double[value.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = java.util.Arrays.copyOfRange(jacobian, row * columns, (row + 1) * columns);
        }
        return new Pair<>(new ArrayRealVector(value, false), new Array2DRowRealMatrix(rows, false));
    }

    /** The parameters as a tensor of a point. */
    public static Tensor parameters(RealVector point) {
        return Tensor.vector(point.toArray());
    }
}
