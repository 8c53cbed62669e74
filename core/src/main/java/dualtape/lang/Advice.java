package dualtape.lang;

import dualtape.lang.grammar.DualtapeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What to say where a program cannot be read: what stands there, what was expected, and what was probably meant. */
final class Advice {
    private static final String NO_STRINGS = "there are no strings in the language";

    private static final Map<String, String> CHARACTERS = Map.ofEntries(Map.entry("&", "write \"and\""),
            Map.entry("|", "write \"or\""), Map.entry("~", "write \"not\""),
            Map.entry("!", "write \"not\", or != between two values"),
            Map.entry(".", "write sin(x), not np.sin(x), and transpose(X), not X.T"),
            Map.entry("%", "remainders are not in the language"),
            Map.entry("\"", NO_STRINGS), Map.entry("'", NO_STRINGS), Map.entry("“", NO_STRINGS),
            Map.entry("”", NO_STRINGS), Map.entry("‘", NO_STRINGS), Map.entry("’", NO_STRINGS),
            Map.entry("?", "write where(c, a, b) for a choice"),
            Map.entry("\\", "a statement goes on in the next line inside ( ) or [ ]"),
            Map.entry("−", "write -"), Map.entry("–", "write -"), Map.entry("×", "write *"), Map.entry("·", "write *"),
            Map.entry("⋅", "write *"), Map.entry("÷", "write /"), Map.entry("≤", "write <="),
            Map.entry("≥", "write >="),
            Map.entry("≠", "write !="), Map.entry("∞", "write inf"), Map.entry("√", "write sqrt(x)"),
            Map.entry("²", "write ^2"), Map.entry("³", "write ^3"));

    /** What other languages write after a complete value or at the start of a statement. */
    private static final Map<String, String> WORDS = Map.of("elif", "write else if", "return",
            "leave it out: the value of a program or a def is its last statement's", "lambda", "write def f(x) = ...",
            "xor", "write !=",
            "mod", "remainders are not in the language", "let", "write name = value", "var", "write name = value");

    private Advice() {}

    /** A character that no statement can contain. */
    static String character(String sign) {
        String mend = CHARACTERS.get(sign);
        if (mend == null && Character.getType(sign.codePointAt(0)) == Character.SPACE_SEPARATOR) {
            mend = "write an ordinary space";
        } else if (mend == null && !Visible.character(sign.codePointAt(0)).equals(sign)) {
            mend = "it cannot be seen; delete it";
        }
        return "unexpected character " + Visible.name(sign) + (mend == null ? "" : "; " + mend);
    }

    /** A token that stands where another was expected. */
    static String syntax(List<Token> tokens, int index, IntervalSet expected) {
        Token token = index < tokens.size() ? tokens.get(index) : null;
        Token before = index > 0 ? tokens.get(index - 1) : null;
        String where = ", where " + wanted(before, expected) + " was expected";
        if (token == null) {
            return "the program ends after " + name(before) + where;
        } else if (token.getType() == DualtapeParser.NEWLINE) {
            return "the line ends after " + name(before) + where
                    + "; a statement goes on in the next line only inside ( ) or [ ]";
        }
        String mend = mend(before, token, expected);
        return "unexpected " + name(token) + where + (mend.isEmpty() ? "" : "; " + mend);
    }

    private static String name(Token token) {
        return token.getType() == DualtapeParser.NEWLINE ? "the line's start" : Visible.name(token.getText());
    }

    private static String wanted(Token before, IntervalSet expected) {
        if (expected.contains(DualtapeParser.NUMBER)) {
            return "a value";
        }
        List<String> wanted = new ArrayList<>();
        if (operatorFits(before, expected)) {
            wanted.add("an operator");
        }
        if (expected.contains(DualtapeParser.EOF) || expected.contains(DualtapeParser.SEPARATOR)) {
            wanted.add("the end of the statement");
        }
        if (expected.contains(DualtapeParser.NAME)) {
            wanted.add("a name");
        }
        for (int type : List.of(DualtapeParser.OPEN, DualtapeParser.OPEN_BLOCK, DualtapeParser.ASSIGN,
                DualtapeParser.COMMA,
                DualtapeParser.COLON, DualtapeParser.RANGE, DualtapeParser.IN, DualtapeParser.CLOSE,
                DualtapeParser.CLOSE_LIST, DualtapeParser.CLOSE_BLOCK)) {
            if (expected.contains(type) && !(type == DualtapeParser.COLON && expected.contains(DualtapeParser.COMMA))) {
                wanted.add(DualtapeParser.VOCABULARY.getLiteralName(type).replace('\'', '"'));
            }
        }
        String last = wanted.remove(wanted.size() - 1);
        return wanted.isEmpty() ? last : String.join(", ", wanted) + " or " + last;
    }

    /** Whether a value is complete there, so that an operator may follow. */
    private static boolean operatorFits(Token before, IntervalSet expected) {
        return before != null && endsValue(before) && !expected.contains(DualtapeParser.OPEN)
                && !expected.contains(DualtapeParser.ASSIGN) && !expected.contains(DualtapeParser.IN);
    }

    private static String mend(Token before, Token token, IntervalSet expected) {
        int type = token.getType();
        boolean value = expected.contains(DualtapeParser.NUMBER);
        if (WORDS.containsKey(before == null ? "" : before.getText())) {
            return WORDS.get(before.getText());
        } else if (isKeyword(token) && (value || expected.contains(DualtapeParser.NAME))) {
            return type == DualtapeParser.ELSE ? "an else follows the } of an if"
                    : type == DualtapeParser.NOT ? "write it in parentheses, as in a == (not b)"
                    : type == DualtapeParser.AND || type == DualtapeParser.OR ? "a value is missing before it"
                    : "it is a keyword and cannot be a name";
        } else if (before != null && isKeyword(before) && type == DualtapeParser.ASSIGN) {
            return before.getText() + " is a keyword and cannot be a name";
        } else if (type == DualtapeParser.ASSIGN) {
            return value && before != null && "+-*/^@".contains(before.getText())
                    ? "write x = x " + before.getText() + " ..."
                    : "to compare write ==, to assign put one name before =";
        } else if (type == DualtapeParser.COMMA && !value && !expected.contains(DualtapeParser.COMMA)) {
            return expected.contains(DualtapeParser.CLOSE) ? "a list is written [1, 2]"
                    : "a comma stands only inside of brackets; statements, and the values of a point, are separated by ;";
        } else if (type == DualtapeParser.COLON && expected.contains(DualtapeParser.OPEN_BLOCK)) {
            return "a block stands in braces: { ... }";
        } else if (expected.contains(DualtapeParser.RANGE)) {
            return "a range has two ends, as in 0..3";
        } else if (type == DualtapeParser.RANGE) {
            return "a range stands in for i in a..b { ... }; indices are written x[a:b]";
        } else if (type == DualtapeParser.OPEN_BLOCK) {
            return "braces hold the block of an if, while, for or def; a list is written [1, 2]";
        } else if (value && !isKeyword(token)) {
            return type == DualtapeParser.SEPARATOR ? "" : "a value is missing before it";
        } else if (before != null && before.getType() == DualtapeParser.CLOSE_BLOCK) {
            return WORDS.getOrDefault(token.getText(), "put a ; or a new line between two statements");
        } else if (operatorFits(before, expected) && startsValue(token)) {
            return WORDS.getOrDefault(token.getText(), "put an operator between " + name(before) + " and " + name(token)
                    + ", such as *, or a "
                    + (expected.contains(DualtapeParser.COMMA) ? "comma" : "; between two statements"));
        }
        return "";
    }

    private static boolean isKeyword(Token token) {
        return Words.isKeyword(token.getText());
    }

    private static boolean endsValue(Token token) {
        int type = token.getType();
        return type == DualtapeParser.CLOSE || type == DualtapeParser.CLOSE_LIST || type == DualtapeParser.NAME
                || type == DualtapeParser.NUMBER;
    }

    private static boolean startsValue(Token token) {
        int type = token.getType();
        return type == DualtapeParser.OPEN || type == DualtapeParser.NAME || type == DualtapeParser.NUMBER
                || isKeyword(token);
    }
}
