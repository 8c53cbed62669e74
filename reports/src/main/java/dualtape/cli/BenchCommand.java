package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.lang.Visible;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape bench}: the JMH benchmarks, in JVMs of their own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Lists or runs the JMH benchmarks, each in fresh JVMs; or measures derived gradients against gradients"
                + " written by hand, in this one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape bench list",
            "  dualtape bench run ChainGrowth -p n=1000 --quick",
            "  dualtape bench run --out results.json",
            "  dualtape bench limits mixture --seconds 20",
            "  dualtape bench limits sine-1000000 --memory 64k"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "list|run|limits", description = "what to do")
    private String what;

    @Parameters(index = "1", arity = "0..1", paramLabel = "REGEX", defaultValue = ".*",
            description = "which benchmarks, or rows of the limits; default all")
    private String regex;

    @Option(names = "-p", paramLabel = "NAME=VALUE", description = "fixes a parameter; values separated by commas")
    private List<String> parameters = List.of();

    @Option(names = "--quick", description = "one short fork: to see that it runs, not to quote")
    private boolean quick;

    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "5",
            description = "limits: for the times of a row (${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warmup", paramLabel = "SECONDS", defaultValue = "15",
            description = "limits: before them at the most, until nothing becomes quicker (${DEFAULT-VALUE})")
    private double warmup;

    @Mixin
    private MemoryOption memory;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "dualtape-bench.json",
            description = "JMH's JSON (${DEFAULT-VALUE})")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (what.equals("limits")) {
            if (!(seconds > 0 && seconds <= 3600)) {
                throw new InputException("--seconds takes a number above 0 and up to 3600, got " + seconds);
            }
            if (!(warmup >= 0 && warmup <= 3600)) {
                throw new InputException("--warmup takes a number from 0 to 3600, got " + warmup);
            }
            LimitsTable.print(Main.out(), pattern(), seconds, warmup, memory.bytes());
            return ExitCode.OK.code();
        }
        SortedSet<String> names = names();
        if (names.isEmpty()) {
            throw new InputException("no benchmark matches " + Visible.name(regex) + "; see dualtape bench list");
        }
        if (what.equals("list")) {
            PrintStream text = Main.out();
            names.forEach(text::println);
            text.flush();
            return ExitCode.OK.code();
        } else if (!what.equals("run")) {
            throw new InputException("unknown action " + Visible.name(what) + "; there are list, run, limits");
        }
        Path part = out.resolveSibling("." + out.getFileName() + ".part");
        ChainedOptionsBuilder options = new OptionsBuilder().include(regex).shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(part.toString());
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new InputException("-p takes name=value, got " + Visible.name(parameter));
            }
            options.param(parameter.substring(0, equals), parameter.substring(equals + 1).split(","));
        }
        if (quick) {
            options.forks(1).warmupIterations(1).measurementIterations(2).warmupTime(TimeValue.milliseconds(300))
                    .measurementTime(TimeValue.milliseconds(300));
        }
        try {
            new Runner(options.build()).run();
        } catch (RunnerException e) {
            Files.deleteIfExists(part);
            System.err.println("dualtape: a benchmark failed: " + Visible.text(String.valueOf(e.getMessage())));
            return ExitCode.INTERNAL.code();
        }
        Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        System.err.println("written to " + out);
        return ExitCode.OK.code();
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(regex);
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new InputException("not a regular expression: " + Visible.name(regex), e);
        }
    }

    private SortedSet<String> names() {
        Pattern pattern = pattern();
        SortedSet<String> names = new TreeSet<>();
        BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
                .forEach(entry -> {
                    if (pattern.matcher(entry.getUsername()).find()) {
                        names.add(entry.getUsername());
                    }
                });
        return names;
    }
}
