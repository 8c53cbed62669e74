package example;

/** The energy of a spring between two points, and its gradient written by hand, once right and once not. */
public final class Spring {
    private Spring() {}

    /** k/2 (|p - q| - 1)^2 with p = (x0, x1), q = (x2, x3) and k = 3. */
    public static double energy(double[] x) {
        double stretch = Math.hypot(x[0] - x[2], x[1] - x[3]) - 1;
        return 1.5 * stretch * stretch;
    }

    /** Right. */
    public static double[] force(double[] x) {
        double length = Math.hypot(x[0] - x[2], x[1] - x[3]);
        double factor = 3 * (length - 1) / length;
        double dx = factor * (x[0] - x[2]);
        double dy = factor * (x[1] - x[3]);
        return new double[] {dx, dy, -dx, -dy};
    }

    /** Wrong in the last component. */
    public static double[] wrongForce(double[] x) {
        double[] g = force(x);
        g[3] = -g[3];
        return g;
    }
}
