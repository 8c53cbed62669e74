package dualtape.lang;

import java.util.Collection;

/** The known name that was most likely meant. */
public final class Suggest {
    private Suggest() {}

    /** {@code "; did you mean sin?"}, or nothing if no known name is near. */
    public static String near(String given, Collection<String> known) {
        String best = null;
        int least = given.length() <= 3 ? 2 : 3;
        for (String name : known) {
            int distance = distance(given.toLowerCase(java.util.Locale.ROOT), name, least);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best == null ? "" : "; did you mean " + best + "?";
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
