package dualtape.lang;

import dualtape.engine.InputException;
import dualtape.lang.grammar.DualtapeLexer;
import dualtape.op.Operations;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of the language: keywords, constants, functions. None of them can be the name of an input. */
public final class Words {
    /** Names with a fixed value. */
    static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E, "inf", Double.POSITIVE_INFINITY,
            "nan",
            Double.NaN);

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Set<String> KEYWORDS = keywords();

    private Words() {}

    private static Set<String> keywords() {
        Set<String> words = new LinkedHashSet<>();
        for (int type = 1; type <= DualtapeLexer.VOCABULARY.getMaxTokenType(); type++) {
            String literal = DualtapeLexer.VOCABULARY.getLiteralName(type);
            if (literal != null && Character.isLetter(literal.charAt(1))) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        return words;
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    /** Why a name of the language's grammar is not free for inputs, variables and defs; null if it is. */
    static String taken(String name) {
        if (CONSTANTS.containsKey(name)) {
            return name + " is a constant of the language; choose another name";
        } else if (isKeyword(name)) {
            return name + " is a keyword of the language; choose another name";
        } else if (Operations.find(name) != null) {
            return name + " is a function of the language; choose another name";
        }
        return null;
    }

    /**
     * Checks the name of a value of a point.
     *
     * @param where it was given, as in {@code --at}
     * @throws InputException if it cannot be the name of an input
     */
    public static void checkInput(String where, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InputException(where + ": " + Visible.name(name)
                    + " cannot be the name of an input; a name is letters, digits and _, and begins with no digit");
        }
        String taken = taken(name);
        if (taken != null) {
            throw new InputException(where + ": " + taken);
        }
    }
}
