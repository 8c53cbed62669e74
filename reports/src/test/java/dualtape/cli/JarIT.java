package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Engines;
import dualtape.explain.Format;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shaded jar, as a user starts it. */
class JarIT {

    private static final Path JAR = Path.of(System.getProperty("dualtape.jar"));

    private record Run(int exit, String out) {}

    private static List<String> command(String... args) {
        return command(List.of(), args);
    }

    private static List<String> command(List<String> flags, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(args));
        return command;
    }

    private static Run jar(String... args) throws IOException, InterruptedException {
        return run(command(args));
    }

    private static Run run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }

    @Test
    void jarRunsAlone() throws Exception {
        Run run = jar("--version");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("dualtape ");
    }

    @Test
    void whatCompareSaysFitsATerminal(@TempDir Path folder) throws Exception {
        Run run = jar("compare", "classic/rosenbrock", "workload/ba", "--quick", "--out",
                folder.resolve("r").toString());
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().filter(line -> !line.startsWith("Written to "))) // a path has the length it has
                .anyMatch(line -> line.endsWith("ulps of a"))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
    }

    @Test
    void exitCodePassesThrough() throws Exception {
        assertThat(jar("--no-such-option").exit()).isEqualTo(2);
    }

    /** Services of several modules have one file in the jar: a shading that keeps only one of them loses the others. */
    @Test
    void everyEngineOperationAndScenarioIsInTheJar() throws Exception {
        assertThat(names("engines")).containsAll(Engines.names()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(names("operations"))
                .containsExactlyElementsOf(Operations.all().stream().map(Operation::name).toList());
        assertThat(names("scenarios"))
                .containsExactlyElementsOf(Scenarios.all().stream().map(Scenario::name).toList());
    }

    private static List<String> names(String what) throws Exception {
        Run run = jar("list", what, "--format", "json");
        assertThat(run.exit()).isZero();
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(run.out()).get(what).forEach(entry -> names.add(entry.get("name").textValue()));
        return names;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void scenariosAreExplainedInEveryFormat(Format format) throws Exception {
        Run run = jar("explain", "classic/baydin", "--format", format.name().toLowerCase(Locale.ROOT));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("11.652").contains("1.716");
    }

    @Test
    void symbolicGradientOfAScenarioIsPrintedAsAFormula() throws Exception {
        Run run = jar("grad", "classic/baydin", "--engine", "symbolic");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("x1 = 5.5", "d/dx1: x2 + 1 / x1", "d/dx2: x1 - cos(x2)",
                "operations written out");
        assertThat(jar("grad", "classic/baydin", "--engine", "symbolic", "--format", "json").out())
                .contains("\"formulas\":{\"x1\":\"x2 + 1 / x1\"", "\"swell\":{\"tree\":");
    }

    /** Every digit of a gradient through matrix products, sums and elementary functions. */
    @Test
    void vectorKernelsChangeNothingButTheTime(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("x.csv");
        Files.write(data, IntStream.range(0, 45).mapToObj(i -> IntStream.range(0, 37)
                .mapToObj(j -> String.valueOf(Math.sin(i * 37 + j))).collect(Collectors.joining(","))).toList());
        String[] args = {"grad", "sum(tanh(X @ transpose(X))) + logsumexp(X) + sum(log(exp(sin(X)) + sigmoid(cos(X))))",
            "--at", "X=@" + data};
        Run plain = run(command(List.of("-Ddualtape.vector=off"), args));
        Run vectors = run(command(
                List.of("-Ddualtape.vector=on", "--add-modules", "jdk.incubator.vector"), args));
        assertThat(plain.exit()).isZero();
        assertThat(vectors).isEqualTo(plain);
    }

    @Test
    void aScenarioTakesOtherValuesFromThePoint() throws Exception {
        assertThat(jar("grad", "lecture/polynomial", "--at", "x=1").out()).contains("value = 8", "x = 14");
    }

    @Test
    void aLoopStoresNoMoreThanItMay() throws Exception {
        String loop = "y = x; for i in 0..4000 { y = sin(y) + x }; y";
        JsonNode all = new ObjectMapper()
                .readTree(jar("grad", loop, "--at", "x=0.5", "--format", "json", "--memory", "1M")
                        .out());
        JsonNode few = new ObjectMapper()
                .readTree(jar("grad", loop, "--at", "x=0.5", "--format", "json", "--memory", "1k")
                        .out());
        assertThat(all.get("stored_bytes").longValue()).isGreaterThan(8 * 3900);
        assertThat(few.get("stored_bytes").longValue()).isLessThan(2000);
        assertThat(few.get("value")).isEqualTo(all.get("value"));
        double expected = all.get("gradient").get("x").doubleValue();
        assertThat(few.get("gradient").get("x").doubleValue()).isCloseTo(expected, withinPercentage(1e-10));
        assertThat(jar("grad", "--batch", "--memory", "64k").exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(jar("hvp", loop, "--at", "x=0.5", "--direction", "x=1", "--memory", "64kb").exit())
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void severalScenariosAreRefusedWhereOneIsWanted() throws Exception {
        assertThat(jar("grad", "lecture/*").exit()).isEqualTo(2);
    }

    @Test
    void anInterruptedComparisonLeavesWhatItMeasured(@TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>();
        if (interruptsAreIgnored()) { // as in a background job of a script, whose children would ignore them too
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(command("compare", "--out", folder.resolve("deep/report").toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        // The first item is printed after it was written; then the run is far from its end.
        assertThat(process.getInputStream().read()).isGreaterThan(0);
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor()).isZero();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED.code());
        JsonNode results = new ObjectMapper().readTree(folder.resolve("deep/report/results.json").toFile());
        assertThat(results.get("complete").asBoolean()).isFalse();
        assertThat(results.get("items")).isNotEmpty();
        String first = results.get("items").get(0).get("name").textValue();
        assertThat(folder.resolve("deep/report/report.md")).content().contains("was not finished", "## " + first,
                "| reverse |");
        assertThat(folder.resolve("deep/report")).isDirectoryNotContaining("glob:**.svg");
    }

    /** Whether this process, and so its children, ignores SIGINT; false where that cannot be seen. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << 1) != 0);
        }
    }

    @Test
    void manifestNamesMainAndVersionAndNoSignatureIsLeft() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            var manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo(Main.class.getName());
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                    .noneMatch(name -> name.endsWith("module-info.class"));
        }
    }
}
