package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Engines;
import dualtape.op.Operations;
import dualtape.scenario.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shaded jar, as a user starts it. */
class JarIT {

    private static final Path JAR = Path.of(System.getProperty("dualtape.jar"));

    private record Run(int exit, String out) {}

    private static Run jar(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(args));
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
    void exitCodePassesThrough() throws Exception {
        assertThat(jar("--no-such-option").exit()).isEqualTo(2);
    }

    @Test
    void everyEngineOperationAndScenarioIsInTheJar() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(jar("list", "engines", "--format", "json").out()).get("engines"))
                .hasSize(Engines.names().size());
        assertThat(mapper.readTree(jar("list", "operations", "--format", "json").out()).get("operations"))
                .hasSize(Operations.all().size());
        assertThat(mapper.readTree(jar("list", "scenarios", "--format", "json").out()).get("scenarios"))
                .hasSize(Scenarios.all().size());
    }

    @Test
    void anInterruptedComparisonLeavesWhatItMeasured(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                JAR.toString(), "compare", "--out", folder.resolve("deep/report").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        // The first item is printed after it was written; then the run is far from its end.
        assertThat(process.getInputStream().read()).isGreaterThan(0);
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor()).isZero();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED.code());
        JsonNode results = new ObjectMapper().readTree(folder.resolve("deep/report/results.json").toFile());
        assertThat(results.get("complete").asBoolean()).isFalse();
        assertThat(results.get("items")).isNotEmpty();
        assertThat(folder.resolve("deep/report/report.md")).content().contains("was not finished");
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
