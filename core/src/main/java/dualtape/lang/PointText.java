package dualtape.lang;

import dualtape.engine.InputException;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Points as people type them: {@code x=1; w=[1,2]; X=@data.csv}. */
public final class PointText {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final String text;
    private final String option;
    private final Limits limits;
    private final Map<String, Tensor> values = new LinkedHashMap<>();
    private Place place;

    private PointText(String text, String option, Limits limits) {
        this.text = text;
        this.option = option;
        this.limits = limits;
    }

    /** The point that the option {@code --at} gives, within the limits that programs have by default. */
    public static Point parse(String text) {
        return parse(text, "--at", Limits.DEFAULT);
    }

    /** {@link #parse(String)} within these limits. */
    public static Point parse(String text, Limits limits) {
        return parse(text, "--at", limits);
    }

    /**
     * The point of a text.
     *
     * @param option where the text was given, for messages
     * @param limits what reading a value may take
     * @throws InputException if a part is no name and value, a name comes twice or is a word of the language, a value is not
     *     made of numbers, or a file cannot be read
     */
    public static Point parse(String text, String option, Limits limits) {
        return new PointText(text, option, limits).point();
    }

    private Point point() {
        for (int[] part : parts()) {
            String piece = text.substring(part[0], part[1]);
            if (!piece.isBlank()) {
                add(piece, part[0]);
            }
        }
        return Point.of(values);
    }

    /** Where the parts between semicolons and line ends begin and end; those inside of brackets do not count. */
    private List<int[]> parts() {
        List<int[]> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
            if (c == ';' || (c == '\n' || c == '\r') && depth <= 0) {
                parts.add(new int[] {from, i});
                from = i + 1;
            }
        }
        parts.add(new int[] {from, text.length()});
        return parts;
    }

    private void add(String piece, int from) {
        int equals = piece.indexOf('=');
        if (equals < 0) {
            throw new InputException(option + ": " + Visible.name(piece.strip())
                    + " is no name and value; write x=1; w=[1, 2]; X=@data.csv");
        }
        String name = piece.substring(0, equals).strip();
        Words.checkInput(option, name);
        int start = equals + 1;
        while (start < piece.length() && Character.isWhitespace(piece.charAt(start))) {
            start++;
        }
        String value = piece.substring(start).stripTrailing();
        if (value.isEmpty()) {
            throw new InputException(option + ": " + Visible.name(name) + " has no value; write " + Visible.bare(name)
                    + "=1, or leave it out");
        } else if (values.putIfAbsent(name, value(value, from + start)) != null) {
            throw new InputException(option + ": " + Visible.name(name) + " is given twice; leave one of the two out");
        }
    }

    private Tensor value(String value, int start) {
        if (value.startsWith("@")) {
            return Csv.read(value.substring(1));
        } else if (NUMBER.matcher(value).matches()) {
            return Tensor.scalar(Double.parseDouble(value));
        }
        try {
            TextSource source = Language.parse(value, limits, option);
            if (!source.isExpression()) {
                throw error(codePoints(start), "a value is an expression made of numbers, as in 1 or [1, 2]", null);
            } else if (!source.inputs().isEmpty()) {
                String name = source.inputs().get(0);
                throw error(source.firstRead(name) + codePoints(start),
                        "a value is made of numbers, as in 1 or [1, 2]; "
                                + Visible.name(name) + " is a name",
                        null);
            }
            return source.trace(Point.of(Map.of())).graph().evaluate(Tensors.INSTANCE, List.of()).get(0);
        } catch (LimitException e) {
            throw new LimitException(option + ": " + e.getMessage());
        } catch (LanguageException e) {
            throw error(e.at() + codePoints(start), e.reason(), e);
        }
    }

    private int codePoints(int index) {
        return text.codePointCount(0, index);
    }

    /** An error at an index into the whole text. */
    private InputException error(int at, String reason, LanguageException cause) {
        place = place == null ? new Place(option, text) : place;
        return new InputException(option + ": " + place.error(new SyntaxException(at, reason)).getMessage(), cause);
    }
}
