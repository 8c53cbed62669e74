package dualtape.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in docs/sparse.md compiles as it is printed and prints what the page says. */
class SparsePageTest {
    private static final Path PAGE = Path.of("../docs/sparse.md");

    @TempDir
    private Path directory;

    @Test
    void theExampleOfThePagePrintsWhatItSays() throws Exception {
        Path file = Files.writeString(directory.resolve("Lesson.java"), block("```java\n"));
        String path = Path.of(SparseHessian.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
        assertEquals(0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-classpath", path, "-d",
                        directory.toString(), file.toString()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()},
                getClass().getClassLoader())) {
            loader.loadClass("Lesson").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        assertEquals(block("it does:\n\n```\n"), bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    /** The text of the first code block that begins so. */
    private static String block(String begin) throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        int from = page.indexOf(begin);
        assertTrue(from >= 0, PAGE + " has no block that begins with " + begin);
        return page.substring(from + begin.length(), page.indexOf("```", from + begin.length()));
    }
}
