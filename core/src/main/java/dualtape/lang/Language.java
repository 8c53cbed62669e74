package dualtape.lang;

import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.lang.grammar.DualtapeLexer;
import dualtape.lang.grammar.DualtapeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/** Reads programs of the text language: see {@code docs/language.md}. */
public final class Language {
    private Language() {}

    /**
     * A program as a function.
     *
     * @throws LanguageException if it cannot be read, with the place and the mend
     */
    public static TextSource parse(String text) {
        return parse(text, Limits.DEFAULT, "program");
    }

    /**
     * A program as a function.
     *
     * @param limits how much it may ask for, when it is read and when it runs
     * @param name what to call the text in places of origin: a file's name, or "program"
     * @throws LanguageException if it cannot be read, with the place and the mend
     * @throws LimitException if it is too long
     */
    public static TextSource parse(String text, Limits limits, String name) {
        if (text.length() > limits.source()) {
            throw new LimitException(String.format(Locale.ROOT,
                    "the program has %,d characters, more than %,d; raise the limit with --max-source", text.length(),
                    limits.source()));
        }
        Place place = new Place(name, text);
        try {
            List<Token> tokens = tokens(text, limits, place);
            List<Statement> statements = DeepStack.call(limits, () -> statements(tokens));
            return new TextSource(text, statements, Names.check(statements), limits, place);
        } catch (SyntaxException e) {
            throw place.error(e.at(), e.getMessage());
        }
    }

    /** The tokens, with nesting counted and without line ends that mean nothing. */
    private static List<Token> tokens(String text, Limits limits, Place place) {
        DualtapeLexer lexer = new DualtapeLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        List<Token> kept = new ArrayList<>();
        List<Token> open = new ArrayList<>();
        for (Token token : lexer.getAllTokens()) {
            String sign = token.getText();
            if (token.getType() == DualtapeLexer.OTHER) {
                throw new SyntaxException(token.getStartIndex(),
                        "unexpected character " + Visible.name(sign) + Advice.character(sign));
            } else if (token.getType() == DualtapeLexer.NEWLINE) {
                if (!open.isEmpty() && !open.get(open.size() - 1).getText().equals("{")) {
                    continue;
                }
            } else if ("([{".contains(sign)) {
                open.add(token);
                if (open.size() > limits.nesting()) {
                    throw new LimitException(place.error(token.getStartIndex(), String.format(Locale.ROOT,
                            "brackets are nested deeper than %,d levels; raise the limit with --max-nesting",
                            limits.nesting())).getMessage());
                }
            } else if (")]}".contains(sign)) {
                close(open, token);
            } else if (sign.equals("else")) {
                while (kept.size() > 1 && kept.get(kept.size() - 1).getType() == DualtapeLexer.NEWLINE) {
                    kept.remove(kept.size() - 1);
                }
            }
            kept.add(token);
        }
        if (!open.isEmpty()) {
            Token last = open.get(open.size() - 1);
            throw new SyntaxException(last.getStartIndex(), "this " + last.getText() + " is never closed");
        }
        return kept;
    }

    private static void close(List<Token> open, Token token) {
        String partner = token.getText().equals(")") ? "(" : token.getText().equals("]") ? "[" : "{";
        if (open.isEmpty()) {
            throw new SyntaxException(token.getStartIndex(), "this " + token.getText() + " closes nothing");
        }
        Token last = open.remove(open.size() - 1);
        if (!last.getText().equals(partner)) {
            throw new SyntaxException(token.getStartIndex(),
                    "this " + token.getText() + " closes a " + last.getText() + "; one of the two is wrong");
        }
    }

    private static List<Statement> statements(List<Token> tokens) {
        DualtapeParser parser = new DualtapeParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.setBuildParseTree(false);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message,
                    RecognitionException e) {
                Token token = (Token) symbol;
                int at = token.getStartIndex();
                if (token.getType() == Token.EOF) {
                    at = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).getStopIndex() + 1;
                }
                throw new SyntaxException(at, Advice.syntax(tokens, token));
            }
        });
        return parser.program().result;
    }
}
