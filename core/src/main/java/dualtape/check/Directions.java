package dualtape.check;

import dualtape.engine.Layout;
import dualtape.engine.Point;
import dualtape.engine.Selection;
import dualtape.ir.Tensor;
import java.util.SplittableRandom;

/** Directions among some inputs. */
final class Directions {
    private Directions() {}

    /** The unit vector of a flat index. */
    static Point unit(Layout layout, int index) {
        int part = layout.part(index);
        return Point.of(layout.names().get(part), Selection.unit(layout.shape(part), index - layout.offset(part)));
    }

    /** Random, of random signs, each element in proportion to that of the point; zeros outside of a range of flat indices. */
    static double[] random(SplittableRandom random, Layout layout, Point at) {
        double[] x = layout.flatten(at);
        for (int k = 0; k < x.length; k++) {
            double size = Double.isFinite(x[k]) && x[k] != 0 ? Math.abs(x[k]) : 1;
            // Few digits, so that decimals and doubles take the same direction and products are nearly exact.
            double factor = (16 + random.nextInt(16)) / 16.0 * (random.nextBoolean() ? 1 : -1);
            x[k] = Math.scalb(factor, Math.max(-900, Math.getExponent(size)));
        }
        return x;
    }

    /** A direction of flat numbers, those outside of [from, to) zero. */
    static Point of(Layout layout, double[] direction, int from, int to) {
        double[] part = new double[direction.length];
        System.arraycopy(direction, from, part, from, to - from);
        Point point = Point.of();
        for (int i = 0; i < layout.names().size(); i++) {
            double[] elements = java.util.Arrays.copyOfRange(part, layout.offset(i),
                    layout.offset(i) + layout.shape(i).size());
            point = point.with(layout.names().get(i), Tensor.of(layout.shape(i), elements));
        }
        return point;
    }
}
