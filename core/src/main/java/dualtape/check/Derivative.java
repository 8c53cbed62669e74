package dualtape.check;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Layout;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import java.util.Arrays;
import java.util.function.Supplier;

/** A derivative as an engine gives it at a point, with a bound on the rounding of each of its numbers. */
final class Derivative {
    private final Prepared prepared;
    private final double[] numbers;
    private final Supplier<Bounds> bounding;
    private final double[] errors;
    private Bounds bounds;

    /** @param bounding bounds, once they are asked for; null for an engine that states its errors */
    private Derivative(Prepared prepared, double[] numbers, Supplier<Bounds> bounding, double[] errors) {
        this.prepared = prepared;
        this.numbers = numbers;
        this.bounding = bounding;
        this.errors = errors;
    }

    /** @param direction the tangents of a JVP or an HVP by input, the adjoint of a VJP, else an empty point */
    static Derivative of(Engine engine, Traced f, Point at, Request request, Point direction) {
        Prepared prepared = engine.prepare(f, request);
        double[] numbers = new double[prepared.derivativeSize()];
        prepared.seed(prepared.seeds().flatten(direction));
        prepared.run(prepared.inputs().flatten(at), new double[prepared.rows()], numbers);
        if (engine instanceof DerivingEngine deriving && engine.exact()) {
            return new Derivative(prepared, numbers,
                    () -> new Bounds(deriving.plan(f.graph(), request), at, seeds(f, request, direction)), null);
        }
        double[] errors = engine.error(prepared);
        return new Derivative(prepared, numbers, null, errors != null ? errors : new double[numbers.length]);
    }

    /** The direction under the names that the tangents have in a derivative graph. */
    private static Point seeds(Traced f, Request request, Point direction) {
        Point seeds = direction.has(Selection.SEED) ? direction : Point.of();
        Selection selection = Selection.of(f.graph(), request);
        for (int i = 0; i < request.wrt().size() && direction.has(request.wrt().get(i)); i++) {
            seeds = seeds.with(selection.tangentNames().get(i), direction.get(request.wrt().get(i)));
        }
        return seeds;
    }

    double get(int index) {
        return numbers[index];
    }

    double bound(int index) {
        return errors == null ? bounds().of(index) : errors[index];
    }

    /** Whether bounds of all numbers take one sweep. */
    boolean hasCheapBounds() {
        return errors != null || bounds().isCheap();
    }

    private Bounds bounds() {
        bounds = bounds != null ? bounds : bounding.get();
        return bounds;
    }

    int size() {
        return numbers.length;
    }

    long sweeps() {
        return prepared.sweeps();
    }

    Layout columns() {
        return prepared.derivatives();
    }

    boolean isFinite() {
        return Arrays.stream(numbers).allMatch(Double::isFinite);
    }
}
