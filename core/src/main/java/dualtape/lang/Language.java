package dualtape.lang;

import dualtape.engine.Budget;
import dualtape.engine.Deadline;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.ir.Origin;
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
        String program = text.startsWith("\uFEFF") ? " " + text.substring(1) : text; // the mark that some editors put first
        Place place = new Place(name, program);
        Deadline deadline = Budget.deadline(limits);
        try {
            List<Token> tokens = tokens(program, limits, deadline, place);
            int levels = DeepStack.levels(tokens.size(), limits);
            return DeepStack.call(levels, () -> {
                List<Statement> statements = statements(tokens, deadline);
                return new TextSource(text, statements, Names.check(statements), limits, place, levels);
            });
        } catch (SyntaxException e) {
            throw place.error(e);
        }
    }

    /** The tokens, with nesting counted and without line ends that mean nothing. */
    private static List<Token> tokens(String text, Limits limits, Deadline deadline, Place place) {
        DualtapeLexer lexer = new DualtapeLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        List<Token> kept = new ArrayList<>();
        List<Token> open = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            check(deadline, kept.size());
            switch (token.getType()) {
                case DualtapeLexer.OTHER ->
                    throw new SyntaxException(token.getStartIndex(), Advice.character(token.getText()));
                case DualtapeLexer.NEWLINE -> {
                    if (!open.isEmpty() && open.get(open.size() - 1).getType() != DualtapeLexer.OPEN_BLOCK) {
                        continue;
                    }
                }
                case DualtapeLexer.OPEN, DualtapeLexer.OPEN_LIST, DualtapeLexer.OPEN_BLOCK -> {
                    open.add(token);
                    if (open.size() > limits.nesting()) {
                        throw place.limit(token.getStartIndex(), String.format(Locale.ROOT,
                                "brackets are nested deeper than %,d levels; raise the limit with --max-nesting",
                                limits.nesting()));
                    }
                }
                case DualtapeLexer.CLOSE, DualtapeLexer.CLOSE_LIST, DualtapeLexer.CLOSE_BLOCK ->
                    close(open, token, place);
                case DualtapeLexer.ELSE -> {
                    while (!kept.isEmpty() && kept.get(kept.size() - 1).getType() == DualtapeLexer.NEWLINE) {
                        kept.remove(kept.size() - 1);
                    }
                }
                default -> {}
            }
            kept.add(token);
        }
        if (!open.isEmpty()) {
            Token last = open.get(open.size() - 1);
            throw new SyntaxException(last.getStartIndex(),
                    "this " + last.getText() + " is never closed; add the " + partner(last) + " that belongs to it");
        }
        return kept;
    }

    private static void check(Deadline deadline, int step) {
        if ((step & 4095) == 4095) {
            deadline.check("reading the program");
        }
    }

    private static String partner(Token bracket) {
        return switch (bracket.getText()) {
            case "(" -> ")";
            case "[" -> "]";
            case "{" -> "}";
            case ")" -> "(";
            case "]" -> "[";
            default -> "{";
        };
    }

    private static void close(List<Token> open, Token token, Place place) {
        if (open.isEmpty()) {
            throw new SyntaxException(token.getStartIndex(),
                    "this " + token.getText() + " closes nothing; remove it, or put a "
                            + partner(token) + " before it");
        }
        Token last = open.remove(open.size() - 1);
        if (!last.getText().equals(partner(token))) {
            Origin origin = place.origin(last.getStartIndex());
            throw new SyntaxException(token.getStartIndex(),
                    "this " + token.getText() + " does not fit the " + last.getText() + " at line " + origin.line()
                            + ", column " + origin.column() + "; write " + partner(last) + " here, or " + partner(token)
                            + " there");
        }
    }

    private static List<Statement> statements(List<Token> tokens, Deadline deadline) {
        DualtapeParser parser = new DualtapeParser(new CommonTokenStream(new ListTokenSource(tokens) {
            private int step;

            @Override
            public Token nextToken() {
                check(deadline, step++);
                return super.nextToken();
            }
        }));
        parser.setBuildParseTree(false);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message,
                    RecognitionException e) {
                Token token = (Token) symbol;
                boolean end = token.getType() == Token.EOF;
                int at = !end ? token.getStartIndex()
                        : tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).getStopIndex() + 1;
                throw new SyntaxException(at, Advice.syntax(tokens, end ? tokens.size() : token.getTokenIndex(),
                        parser.getExpectedTokens()));
            }
        });
        return parser.program().result;
    }
}
