package dualtape.check;

/**
 * All numbers within a radius of a middle. The middle is what doubles compute; the radius bounds how far the true number may be
 * from it. An infinite radius says that nothing is known.
 *
 * @param middle what doubles compute
 * @param radius at least 0
 */
public record Ball(double middle, double radius) {
    /** A radius that came out NaN is infinite: nothing is known. */
    public Ball {
        if (!(radius >= 0)) {
            radius = Double.POSITIVE_INFINITY;
        }
    }

    /** A number that is exact. */
    public static Ball exact(double middle) {
        return new Ball(middle, 0);
    }

    /** Whether it is exactly this number. */
    boolean is(double x) {
        return middle == x && radius == 0;
    }

    /** Whether zero is in it. */
    boolean touchesZero() {
        return !(Math.abs(middle) > radius);
    }

    double low() {
        return middle - radius;
    }

    double high() {
        return middle + radius;
    }
}
