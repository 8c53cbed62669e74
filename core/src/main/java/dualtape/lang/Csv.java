package dualtape.lang;

import dualtape.engine.InputException;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Files of comma-separated numbers. r rows of c cells are a matrix, one row or one column a vector, one number a vector of
 * one. What follows a {@code #}, blank lines, and one header line (the first line, if none of its cells is a number) are
 * skipped.
 */
public final class Csv {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern NAMED = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_REASON = 300;
    private static final Map<Character, Double> VALUES = Map.of('n', Double.NaN, 'i', Double.POSITIVE_INFINITY);

    private final String file;
    private double[] data = new double[64];
    private int size;
    private int rows;
    private int columns;
    private boolean header;

    private Csv(String file) {
        this.file = file;
    }

    /**
     * The numbers of a file.
     *
     * @param file a path, relative to the working directory
     * @throws InputException if the file cannot be read or is not UTF-8, if a cell is no number (with line and column), if
     *     rows differ in length, or if there are no numbers
     */
    public static Tensor read(String file) {
        Csv csv = new Csv(file);
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                csv.line(number++, line);
            }
        } catch (NoSuchFileException e) {
            throw new InputException("the file " + Visible.file(file) + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new InputException("the file " + Visible.file(file) + " is not UTF-8 text", e);
        } catch (IOException | InvalidPathException e) {
            throw new InputException("cannot read the file " + Visible.file(file) + ": "
                    + Visible.shortened(Visible.text(String.valueOf(e.getMessage())), LONGEST_REASON), e);
        }
        return csv.tensor();
    }

    private void line(int number, String text) {
        String line = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        int comment = line.indexOf('#');
        line = comment < 0 ? line : line.substring(0, comment);
        if (line.isBlank()) {
            return;
        }
        String[] cells = line.split(",", -1);
        if (rows == 0 && !header && Arrays.stream(cells).noneMatch(cell -> isNumber(cell.strip()))) {
            header = true;
            return;
        }
        if (rows == 0) {
            columns = cells.length;
        }
        for (int i = 0; i < cells.length; i++) {
            add(number, i + 1, cells[i].strip());
        }
        if (cells.length != columns) {
            throw new InputException(Visible.file(file) + ", line " + number + ": there are " + cells.length
                    + (cells.length == 1 ? " cell" : " cells") + ", and the first row has " + columns
                    + "; every row has as many");
        }
        rows++;
    }

    private void add(int line, int column, String cell) {
        if (!isNumber(cell)) {
            String mend = cell.isEmpty() ? "the cell is empty; write a number, or nan"
                    : Visible.name(cell) + " is no number"
                            + (cell.contains(";") || cell.contains("\t") ? "; cells are separated by commas" : "");
            throw new InputException(Visible.file(file) + ", line " + line + ", column " + column + ": " + mend);
        }
        if (size == data.length) {
            data = Arrays.copyOf(data, Math.addExact(size, Math.max(64, size / 2)));
        }
        data[size++] = number(cell);
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() || NAMED.matcher(cell).matches();
    }

    private static double number(String cell) {
        char last = Character.toLowerCase(cell.charAt(cell.startsWith("+") || cell.startsWith("-") ? 1 : 0));
        Double named = VALUES.get(last);
        return named == null ? Double.parseDouble(cell) : cell.startsWith("-") ? -named : named;
    }

    private Tensor tensor() {
        if (rows == 0) {
            throw new InputException("the file " + Visible.file(file) + " holds no numbers"
                    + (header ? "; its first line is taken for a header" : ""));
        }
        Shape shape = rows == 1 || columns == 1 ? Shape.of(size) : Shape.of(rows, columns);
        return Tensor.wrap(shape, Arrays.copyOf(data, size));
    }
}
