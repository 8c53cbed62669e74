package dualtape.check;

import dualtape.engine.InputException;
import dualtape.ir.Numerals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers kept to be compared with later ones, bit by bit: a text file of one number a line, as a hexadecimal double and, for
 * readers, in decimals. Written whole or not at all.
 */
public final class Baseline {
    private static final String FIRST_LINE = "# dualtape baseline 1";

    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final List<String> about;

    /** An empty one, with lines about where it comes from: version, platform. */
    public Baseline(List<String> about) {
        this.about = List.copyOf(about);
    }

    /** A number more. Tabs in names become spaces. */
    public void put(String name, double number) {
        numbers.put(name.replaceAll("[\t\r\n]", " "), number);
    }

    /** All numbers of a check. */
    public void put(Finding finding) {
        String head = finding.name() + " | point " + finding.point() + " | " + finding.engine() + " | order "
                + finding.order() + " | ";
        finding.numbers().forEach((where, number) -> put(head + where, number));
    }

    /** How many numbers there are. */
    public int size() {
        return numbers.size();
    }

    /** The number of a name, or null. */
    public Double get(String name) {
        return numbers.get(name);
    }

    /** Its lines about where it comes from. */
    public List<String> about() {
        return about;
    }

    /**
     * One difference from a baseline.
     *
     * @param before what the baseline has; null where it has none
     * @param now what there is now; null where there is none
     */
    public record Change(String name, Double before, Double now) {
        /** The distance in ulps of the number before; infinite where one is missing or only one is NaN. */
        public double ulps() {
            if (before == null || now == null || before.isNaN() != now.isNaN()) {
                return Double.POSITIVE_INFINITY;
            }
            return Text.ulps(now, before);
        }

        /** One line. */
        public String text() {
            return name + ": " + (before == null ? "not in the baseline"
                    : now == null ? "was " + Numerals.text(before) + ", is not computed any more"
                    : "was " + Numerals.text(before) + ", is " + Numerals.text(now) + ", " + Text.ulps(ulps())
                            + " apart");
        }
    }

    /** What is different now: changed bits, numbers that are gone, numbers that are new. */
    public List<Change> changes(Baseline now) {
        List<Change> changes = new ArrayList<>();
        numbers.forEach((name, before) -> {
            Double after = now.numbers.get(name);
            if (after == null || Double.compare(after, before) != 0) {
                changes.add(new Change(name, before, after));
            }
        });
        now.numbers.forEach((name, after) -> {
            if (!numbers.containsKey(name)) {
                changes.add(new Change(name, null, after));
            }
        });
        return changes;
    }

    /** As it is in the file. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        about.forEach(line -> text.append("# ").append(line.replaceAll("[\r\n]", " ")).append('\n'));
        numbers.forEach((name, number) -> text.append(name).append('\t').append(Double.toHexString(number)).append('\t')
                .append(Numerals.text(number)).append('\n'));
        return text.toString();
    }

    /**
     * Reads a baseline.
     *
     * @throws InputException if there is none, or the file is none
     */
    public static Baseline read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no baseline " + file + "; write one with --save-baseline", e);
        } catch (IOException e) {
            throw new InputException("cannot read the baseline " + file + ": " + reason(e), e);
        }
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw new InputException(
                    "the file " + file + " is no baseline: its first line must be \"" + FIRST_LINE + "\"");
        }
        Baseline baseline = new Baseline(lines.stream().skip(1).filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2)).toList());
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] fields = line.split("\t");
                try {
                    baseline.put(fields[0], Double.parseDouble(fields[1]));
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                    throw new InputException("line " + (i + 1) + " of the baseline " + file
                            + " is no name, tab, hexadecimal number: it was cut off or changed by hand", e);
                }
            }
        }
        return baseline;
    }

    /**
     * Writes the baseline beside the old one and then in its place, in one step: whatever goes wrong, the old one is as it was.
     *
     * @throws InputException if it cannot be written
     */
    public void write(Path file) {
        replace(file, text());
    }

    /**
     * Replaces a file's text in one step; see {@link #write}. A symbolic link stays one, and to what is no file (a device, a pipe)
     * the text is written as it is.
     */
    public static void replace(Path file, String text) {
        Path part = null;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text, StandardCharsets.UTF_8);
                return;
            }
            Path real = Files.exists(file) ? file.toRealPath() : file;
            part = real.resolveSibling(real.getFileName() + ".part");
            Files.writeString(part, text, StandardCharsets.UTF_8);
            Files.move(part, real, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                if (part != null) {
                    Files.deleteIfExists(part);
                }
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new InputException("cannot write " + file + ": " + reason(e)
                    + (Files.isRegularFile(file) ? "; the old file is as it was" : ""), e);
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
        String message = String.valueOf(e.getMessage());
        return e instanceof java.nio.file.FileSystemException system && system.getReason() != null ? system.getReason()
                : e instanceof java.nio.file.FileSystemException
                        ? name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(
                                java.util.Locale.ROOT)
                : message;
    }
}
