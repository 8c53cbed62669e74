package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dualtape check} on the shaded jar, the page on continuous integration, and the sample project. */
class CheckIT {
    private static final Path JAR = Path.of(System.getProperty("dualtape.jar"));
    private static final Path SAMPLE = Path.of("src/it/sample/src");

    @TempDir
    private Path folder;

    private record Run(int exit, String out) {}

    /** Standard output and standard error of a shell command in the folder, {@code dualtape} being the jar. */
    private Run shell(String command) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java") + " -jar '" + JAR + "'";
        Process process = new ProcessBuilder("sh", "-c",
                command.replaceAll("(?m)^dualtape ", java.replace("\\", "\\\\") + " "))
                .directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }

    private static List<String> fences(Path page, String language) throws IOException {
        List<String> fences = new ArrayList<>();
        String[] parts = Files.readString(page).split("```");
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith(language + "\n")) {
                fences.add(parts[i].substring(language.length() + 1));
            }
        }
        return fences;
    }

    @Test
    void theCommandsOfThePageOnContinuousIntegrationWork() throws Exception {
        for (String fence : fences(Path.of("../docs/ci.md"), "sh")) {
            for (String line : fence.lines().toList()) {
                Run run = shell(line);
                assertThat(run.exit()).as(line + "\n" + run.out()).isZero();
            }
        }
        assertThat(folder.resolve("check.xml")).content()
                .contains("<testsuite name=\"@model.dt\" tests=\"4\" failures=\"0\"");
        assertThat(folder.resolve("check.sarif")).content().contains("\"version\" : \"2.1.0\"", "DT001");
        for (String yaml : fences(Path.of("../docs/ci.md"), "yaml")) {
            for (String line : yaml.lines().filter(line -> line.contains("java -jar tools/dualtape.jar")).toList()) {
                Run run = shell("dualtape " + line.substring(line.indexOf("check @")));
                assertThat(run.exit()).as(line + "\n" + run.out()).isZero();
            }
        }
    }

    @Test
    void changesAgainstABaselineAreToldInUlps() throws Exception {
        assertThat(shell("dualtape check 'x^2' --at 'x=3' --save-baseline b.txt").exit()).isZero();
        Path file = folder.resolve("b.txt");
        Files.writeString(file, Files.readString(file).replaceFirst("0x1.8p2", "0x1.8000000000001p2"));
        Run run = shell("dualtape check 'x^2' --at 'x=3' --baseline b.txt");
        assertThat(run.exit()).isEqualTo(ExitCode.DISAGREE.code());
        assertThat(run.out()).contains(": 1 of ", " numbers changed, 0 missing, 0 new", "1 ulp apart");
        Run missing = shell("dualtape check 'x^2' --at 'x=3' --order 1 --baseline b.txt");
        assertThat(missing.exit()).isEqualTo(ExitCode.DISAGREE.code());
        assertThat(missing.out()).contains("is not computed any more");
    }

    @Test
    void aBaselineThatCannotBeWrittenStaysAsItWas() throws Exception {
        Path file = folder.resolve("b.txt");
        Files.writeString(file, "old");
        Files.createDirectories(folder.resolve("b.txt.part/in the way"));
        Run run = shell("dualtape check 'x^2' --at 'x=3' --save-baseline b.txt");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.out()).contains("cannot write b.txt", "the old file is as it was");
        assertThat(file).content().isEqualTo("old");
        Files.delete(folder.resolve("b.txt.part/in the way"));
        Files.delete(folder.resolve("b.txt.part"));
        Files.createSymbolicLink(folder.resolve("b.txt.part"), Path.of("/dev/full"));
        if (Files.exists(Path.of("/dev/full"))) {
            Run full = shell("dualtape check 'x^2' --at 'x=3' --save-baseline b.txt");
            assertThat(full.exit()).isEqualTo(ExitCode.USAGE.code());
            assertThat(full.out()).contains("cannot write b.txt", "the old file is as it was");
            assertThat(file).content().isEqualTo("old");
        }
    }

    @Test
    void anInterruptedCheckLeavesTheBaseline() throws Exception {
        Path file = folder.resolve("b.txt");
        Files.writeString(file, "old");
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "threads of a process can be seen");
        // The shell waits for the first thread that checks, and tells what the process ended with.
        Run run = shell(
                "env --default-signal=INT " + Path.of(System.getProperty("java.home"), "bin", "java") + " -jar '" + JAR
                        + "' check --save-baseline b.txt > out.txt 2> err.txt & pid=$!\n"
                        + "while ! grep -qx check /proc/$pid/task/*/comm 2> /dev/null && kill -0 $pid; do :; done\n"
                        + "kill -INT $pid; wait $pid; echo ended with $?; cat err.txt");
        assertThat(run.out()).contains("ended with 130", "interrupted", "b.txt was not written");
        assertThat(file).content().isEqualTo("old");
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        assertThat(shell("dualtape check x --points 3").out()).contains("--points needs a --domain");
        assertThat(shell("dualtape check lecture/nothing").out()).contains("is no scenario");
        Run run = shell("dualtape check x --at x=1 --witness oracle");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.out()).contains("decimals, complex, structures, ridders");
        assertThat(shell("dualtape check 'x' --domain 'z in (0, 1)'").out())
                .contains("which the program does not read");
    }

    @Test
    void everyScenarioPassesEveryLaw() throws Exception {
        Run run = shell("dualtape check --max-seconds 300");
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out()).contains(" 0 unresolved, 0 disagree", " laws hold for every function and engine");
    }

    @Test
    void anEdgeIsNamedEvenWhereAllWitnessesAgree() throws Exception {
        Run run = shell("dualtape check 'floor(x) * x' --at 'x=2'");
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out()).contains("The point is at an edge", "floor at program:1:1, jump at x an integer");
        assertThat(shell("dualtape check 'floor(x) * x' --at 'x=2.5'").out()).doesNotContain("edge,");
    }

    @Test
    void unresolvedEndsWith5UnderStrict() throws Exception {
        // Ridders cannot see a slope of 1e-12 beside values of 1e6.
        Run run = shell("dualtape check '1e6 + 1e-12 * x' --at 'x=1' --order 1 --witness ridders --strict");
        assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.UNRESOLVED.code());
    }

    /** A project of somebody else: compiled against the jar and JUnit's own jars. */
    @Test
    void theSampleProjectRunsAndItsFailureReadsAsOnThePage() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> libraries = new ArrayList<>(List.of(JAR));
        for (String type : List.of("org.junit.jupiter.api.Test", "org.junit.jupiter.params.provider.ArgumentsSource",
                "org.junit.platform.commons.annotation.Testable", "org.opentest4j.AssertionFailedError",
                "org.apiguardian.api.API")) {
            try {
                libraries.add(Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI()));
            } catch (ClassNotFoundException e) {
                // API Guardian's annotations may be left out.
            }
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(SAMPLE)) {
            List<Path> classes = sources.filter(path -> path.toString().endsWith(".java")).toList();
            String path = String.join(java.io.File.pathSeparator, libraries.stream().map(Path::toString).toList());
            StringWriter errors = new StringWriter();
            boolean compiled = compiler
                    .getTask(errors, files, null, List.of("-d", folder.toString(), "-cp", path, "-proc:none"), null,
                            files.getJavaFileObjectsFromPaths(classes))
                    .call();
            assertThat(compiled).as(errors.toString()).isTrue();
        }
        URL[] urls = new URL[1 + libraries.size()];
        urls[0] = folder.toUri().toURL();
        for (int i = 0; i < libraries.size(); i++) {
            urls[1 + i] = libraries.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> test = loader.loadClass("example.SpringTest");
            assertThat(failure(test, "forceIsTheGradientOfTheEnergy")).isNull();
            String message = failure(test, "wrongForce").getMessage();
            assertThat(Files.readString(Path.of("../docs/checking.md")))
                    .contains("```\n" + message.stripTrailing() + "\n```");
        }
    }

    private static Throwable failure(Class<?> test, String name) throws ReflectiveOperationException {
        var constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method method = test.getDeclaredMethod(name);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }
}
