package dualtape.lang;

import java.util.List;
import org.antlr.v4.runtime.Token;

/** What to say where a program cannot be read: what stands there, and what was probably meant. */
final class Advice {
    private Advice() {}

    static String character(String sign) {
        return switch (sign) {
            case "&" -> "; write \"and\"";
            case "|" -> "; write \"or\"";
            case "!" -> "; write \"not\", or != between two values";
            case "." -> "; write sin(x), not np.sin(x), and transpose(x), not x.T";
            case "%" -> "; remainders are not in the language";
            case "\"", "'" -> "; there are no strings in the language";
            default -> "";
        };
    }

    static String syntax(List<Token> tokens, Token token) {
        int index = tokens.indexOf(token);
        Token before = index > 0 ? tokens.get(index - 1) : null;
        if (token.getType() == Token.EOF) {
            return "the program ends where " + (tokens.isEmpty() ? "a statement" : "more") + " was expected";
        }
        String what = token.getText().isBlank() ? "the end of the line" : Visible.name(token.getText());
        String mend = "";
        if (token.getText().equals("=")) {
            mend = before != null && before.getText().equals("=") ? ""
                    : "; to compare write ==, to assign put one name before =";
        } else if (before != null && endsValue(before) && startsValue(token)) {
            mend = "; put an operator between " + Visible.name(before.getText()) + " and "
                    + Visible.name(token.getText())
                    + ", such as *, or a ; between two statements";
        }
        return "unexpected " + what + mend;
    }

    private static boolean endsValue(Token token) {
        String text = token.getText();
        return text.equals(")") || text.equals("]") || Character.isLetterOrDigit(text.charAt(0));
    }

    private static boolean startsValue(Token token) {
        String text = token.getText();
        return text.equals("(") || Character.isLetterOrDigit(text.charAt(0));
    }
}
