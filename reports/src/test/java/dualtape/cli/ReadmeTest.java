package dualtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles, and gives what stands beside it. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("(\\S+\\(\\));\\s*// (\\S+?)(?:, where (\\S+) is (\\S+))?");

    @TempDir
    private Path directory;

    @Test
    void theExampleGivesWhatItSays() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(block.find(), "no example");
        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (String line : block.group(1).split("\n")) {
            Matcher shown = SHOWN.matcher(line);
            if (!shown.matches()) {
                body.append(line).append('\n');
                continue;
            }
            for (int group = 1; group <= 3 && shown.group(group) != null; group += 2) {
                body.append("got.add(String.valueOf(").append(shown.group(group)).append("));\n");
                expected.add(shown.group(group + 1));
            }
        }
        assertEquals(5, expected.size());
        assertEquals(expected, run(body.toString()));
    }

    @SuppressWarnings("unchecked")
    private List<String> run(String body) throws Exception {
        Path file = directory.resolve("Readme.java");
        Files.writeString(file, "import dualtape.engine.*;\nimport dualtape.lang.Language;\npublic class Readme {\n"
                + "public static java.util.List<String> run() {\njava.util.List<String> got = new java.util.ArrayList<>();\n"
                + body + "return got;\n}\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(messages, files, null,
                    List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                    null, files.getJavaFileObjects(file)).call();
            assertTrue(done, messages::toString);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()},
                getClass().getClassLoader())) {
            return (List<String>) loader.loadClass("Readme").getMethod("run").invoke(null);
        }
    }
}
