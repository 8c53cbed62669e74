package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Conventions;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stanza in docs/adding-an-operation.md stands in one file, compiles as it is printed, and has the right derivatives. */
class AddingAnOperationTest {
    private static final Path PAGE = Path.of("../docs/adding-an-operation.md");
    private static final Path TABLE = Path.of("src/main/java/dualtape/op/Arithmetic.java");

    @TempDir
    private Path directory;

    @Test
    void theStanzaIsThatOfTheCatalogueAndStandsInOneFile() throws IOException {
        assertTrue(Files.readString(TABLE).contains(stanza()), TABLE + " has not the text of " + PAGE);
        try (var files = Files.walk(Path.of("src/main/java"))) {
            List<Path> others = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("RECIPROCAL") || read(file).contains("\"reciprocal\""))
                    .toList();
            assertEquals(List.of(TABLE), others);
        }
    }

    @Test
    void theStanzaOfThePageCompilesAndItsRuleIsProved() throws Exception {
        Operation lesson = compiled("Lesson", stanza());
        assertEquals("reciprocal", lesson.name());
        assertEquals(Operations.find("reciprocal").summary(), lesson.summary());
        for (Sample sample : lesson.samples()) {
            assertEquals(List.of(), Witness.failures((Unary) lesson, sample.operands()));
            assertEquals(List.of(), Witness.failures("lesson", Reached.graph(lesson, sample), sample.operands()));
        }
        NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
        assertEquals(0.25, lesson.call(doubles, List.of(doubles.scalar(4))).get(0));
        assertEquals(0, lesson.edges().get(0).hit().first(List.of(Tensor.scalar(0))));
        assertFalse(lesson.edges().get(0).used(Conventions.MINNORM).isBlank());
    }

    @Test
    void theSameStanzaWithAWrongSlopeIsCaught() throws Exception {
        String wrong = stanza().replace("MULTIPLY.of(a, y, y)", "MULTIPLY.of(a, y, x)");
        Operation lesson = compiled("WrongLesson", wrong);
        assertFalse(Witness.failures((Unary) lesson, List.of(Tensor.vector(0.5, -3))).isEmpty());
    }

    @Test
    void everyFileClassAndEntryThatThePageNamesExists() throws Exception {
        Matcher entries = Pattern.compile("`([A-Z][A-Za-z]+)\\.([A-Z][A-Z0-9_]+)`").matcher(Files.readString(PAGE));
        int found = 0;
        while (entries.find()) {
            Class<?> owner = Class.forName((entries.group(1).equals("Rule") ? "dualtape.ir." : "dualtape.op.")
                    + entries.group(1));
            owner.getField(entries.group(2));
            found++;
        }
        assertTrue(found > 5, "entries named on the page: " + found);
    }

    private static String stanza() throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertTrue(block.find(), PAGE + " has no block of Java");
        return block.group(1);
    }

    /** The only field of a class that is made of a stanza alone. */
    private Operation compiled(String name, String stanza) throws Exception {
        String text = String.join("\n", "package lesson;", "import static dualtape.op.Arithmetic.*;",
                "import dualtape.ir.*;", "import dualtape.op.*;", "import java.util.List;",
                "public final class " + name + " implements Operations.Table {", stanza, "}");
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            StringWriter messages = new StringWriter();
            boolean done = compiler.getTask(messages, files, null,
                    List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                    null,
                    files.getJavaFileObjects(source)).call();
            assertTrue(done, messages::toString);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()},
                getClass().getClassLoader())) {
            return (Operation) loader.loadClass("lesson." + name).getField("RECIPROCAL").get(null);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
