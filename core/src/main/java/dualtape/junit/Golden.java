package dualtape.junit;

import dualtape.check.Baseline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * Numbers that must not change, kept in files under {@code src/test/golden} (or the folder of the system property
 * {@code dualtape.golden.dir}) as hexadecimal doubles. {@code -Ddualtape.golden=update} writes them anew.
 */
public final class Golden {
    private static final int SHOWN = 10;

    private Golden() {}

    /**
     * The numbers are those of the file of this name, bit by bit.
     *
     * @throws AssertionError if they are not, or if there is no file
     */
    public static void verify(String name, double... numbers) {
        verify(name, 0, numbers);
    }

    /** {@link #verify(String, double...)}, but each may be some ulps off. */
    public static void verify(String name, double ulps, double[] numbers) {
        Path file = Path.of(System.getProperty("dualtape.golden.dir", "src/test/golden")).resolve(name + ".txt");
        Baseline now = new Baseline(List.of("golden numbers of " + name));
        for (int i = 0; i < numbers.length; i++) {
            now.put(name + "[" + i + "]", numbers[i]);
        }
        if ("update".equals(System.getProperty("dualtape.golden"))) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            now.write(file);
            return;
        } else if (!Files.exists(file)) {
            throw new AssertionFailedError(
                    "there is no golden file " + file + "; run the test once with -Ddualtape.golden=update");
        }
        List<Baseline.Change> changes = Baseline.read(file).changes(now).stream().filter(change -> change.ulps() > ulps)
                .toList();
        if (!changes.isEmpty()) {
            throw new AssertionFailedError(
                    changes.size() + " of " + numbers.length + " numbers are not those of " + file + "\n"
                            + changes.stream().limit(SHOWN).map(change -> "  " + change.text())
                                    .collect(Collectors.joining("\n"))
                            + "\nif this is right, run the test with -Ddualtape.golden=update");
        }
    }
}
