package dualtape.bench;

/**
 * How far two derivatives differ at the worst place.
 *
 * @param relative the largest difference, relative to the largest component; 0 if all agree, infinite if one is
 *     undefined or infinite where the other is not
 * @param ulps the largest difference in units in the last place of the larger of the two numbers
 * @param at the index of the largest difference, −1 if there is none
 */
public record Agreement(double relative, double ulps, int at) {
    /** Compares. NaN in the same place agrees, as do equal infinities. */
    public static Agreement of(double[] x, double[] y) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.max(finite(x[i]), finite(y[i])));
        }
        double relative = 0;
        double ulps = 0;
        int at = -1;
        for (int i = 0; i < x.length; i++) {
            if (Double.compare(x[i], y[i]) == 0 || x[i] == y[i]) {
                continue;
            }
            double difference = Math.abs(x[i] - y[i]);
            boolean comparable = Double.isFinite(x[i]) && Double.isFinite(y[i]);
            double here = comparable ? difference / largest : Double.POSITIVE_INFINITY;
            ulps = Math.max(ulps, comparable ? difference / Math.ulp(Math.max(Math.abs(x[i]), Math.abs(y[i])))
                    : Double.POSITIVE_INFINITY);
            if (here > relative) {
                relative = here;
                at = i;
            }
        }
        return new Agreement(relative, ulps, at);
    }

    private static double finite(double x) {
        return Double.isFinite(x) ? Math.abs(x) : 0;
    }
}
