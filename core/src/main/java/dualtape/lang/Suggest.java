package dualtape.lang;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** The known name that was most likely meant. */
public final class Suggest {
    private static final int LONGEST = 40;

    /** What functions are called elsewhere. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(Map.entry("ln", "log"),
            Map.entry("arcsin", "asin"),
            Map.entry("arccos", "acos"), Map.entry("arctan", "atan"), Map.entry("arctan2", "atan2"),
            Map.entry("arcsinh", "asinh"), Map.entry("arccosh", "acosh"), Map.entry("arctanh", "atanh"),
            Map.entry("tg", "tan"), Map.entry("fabs", "abs"), Map.entry("sgn", "sign"), Map.entry("signum", "sign"),
            Map.entry("power", "pow"), Map.entry("logistic", "sigmoid"), Map.entry("expit", "sigmoid"),
            Map.entry("gammaln", "lgamma"), Map.entry("lse", "logsumexp"), Map.entry("average", "mean"),
            Map.entry("avg", "mean"), Map.entry("product", "prod"), Map.entry("maximum", "max"),
            Map.entry("minimum", "min"), Map.entry("inner", "dot"), Map.entry("stop_gradient", "detach"));

    private Suggest() {}

    /** {@code "; did you mean sin?"}, or nothing if no known name is near. */
    public static String near(String given, Collection<String> known) {
        String elsewhere = ELSEWHERE.get(given.toLowerCase(Locale.ROOT));
        String best = elsewhere != null && known.contains(elsewhere) ? elsewhere : nearest(given, known);
        return best == null ? "" : "; did you mean " + best + "?";
    }

    private static String nearest(String given, Collection<String> known) {
        if (given.length() > LONGEST) {
            return null;
        }
        String best = null;
        int least = given.length() <= 1 ? 1 : given.length() <= 5 ? 2 : 3;
        for (String name : known) {
            int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other; {@code limit} if as many. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                } else {
                    int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                    }
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
