package dualtape.lang;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points as people type them: {@code x=1; w=[1,2]; X=@data.csv}. */
public final class PointText {
    private PointText() {}

    /** The point that the option {@code --at} gives. */
    public static Point parse(String text) {
        return parse(text, "--at");
    }

    /**
     * The point.
     *
     * @param option where the text was given, for messages
     * @throws InputException if a part is no name and value, a name comes twice, or a file cannot be read
     */
    public static Point parse(String text, String option) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (String part : text.split("[;\\n]")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*")) {
                throw new InputException(
                        option + ": " + Visible.name(part.strip()) + " is no name and value; write x=1; w=[1, 2]");
            }
            if (values.putIfAbsent(name, value(name, part.substring(equals + 1).strip(), option)) != null) {
                throw new InputException(option + ": " + Visible.name(name) + " is given twice");
            }
        }
        return Point.of(values);
    }

    private static Tensor value(String name, String text, String option) {
        if (text.startsWith("@")) {
            return csv(text.substring(1));
        }
        TextSource source;
        try {
            source = Language.parse(text, Limits.DEFAULT, option);
        } catch (LanguageException e) {
            throw new InputException(option + ": the value of " + Visible.name(name) + ": " + e.getMessage(), e);
        }
        if (!source.inputs().isEmpty()) {
            throw new InputException(
                    option + ": the value of " + Visible.name(name)
                            + " must be numbers, as in 1 or [1, 2]; got the name "
                            + Visible.name(source.inputs().get(0)));
        }
        Traced traced = source.trace(Point.of(Map.of()));
        return traced.graph().evaluate(Tensors.INSTANCE, List.of()).get(0);
    }

    /**
     * Comma-separated numbers: r×c is a matrix, one row or one column a vector. Lines that begin with # and one header
     * line are skipped.
     *
     * @throws InputException if the file cannot be read or a cell is no number, with line and column
     */
    public static Tensor csv(String file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new InputException("cannot read the file " + Visible.name(file) + ": " + reason(e), e);
        }
        List<double[]> rows = new ArrayList<>();
        boolean header = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).startsWith("\uFEFF") ? lines.get(i).substring(1) : lines.get(i);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (rows.isEmpty() && !header && java.util.Arrays.stream(cells).noneMatch(PointText::isNumber)) {
                header = true;
                continue;
            }
            rows.add(row(file, i + 1, cells));
            if (rows.get(rows.size() - 1).length != rows.get(0).length) {
                throw new InputException(
                        Visible.name(file) + ", line " + (i + 1) + ": " + cells.length + " cells, the first row has "
                                + rows.get(0).length);
            }
        }
        if (rows.isEmpty()) {
            throw new InputException("the file " + Visible.name(file) + " holds no numbers");
        }
        Tensor matrix = Tensor.matrix(rows.toArray(new double[0][]));
        boolean vector = rows.size() == 1 || rows.get(0).length == 1;
        return vector ? matrix.reshape(Shape.of(matrix.size())) : matrix;
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException ? "there is none of this name"
                : Visible.text(String.valueOf(e.getMessage()));
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double[] row(String file, int line, String[] cells) {
        double[] row = new double[cells.length];
        int column = 1;
        for (int i = 0; i < cells.length; i++) {
            try {
                row[i] = Double.parseDouble(cells[i].strip());
            } catch (NumberFormatException e) {
                throw new InputException(Visible.name(file) + ", line " + line + ", column " + column + ": "
                        + Visible.name(cells[i].strip())
                        + " is no number", e);
            }
            column += cells[i].length() + 1;
        }
        return row;
    }
}
