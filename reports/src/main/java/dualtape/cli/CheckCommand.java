package dualtape.cli;

import dualtape.check.Baseline;
import dualtape.check.Domain;
import dualtape.check.Law;
import dualtape.check.Verdict;
import dualtape.check.Witness;
import dualtape.check.Witnesses;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.lang.Visible;
import dualtape.report.CheckItem;
import dualtape.report.CheckJson;
import dualtape.report.CheckReports;
import dualtape.report.CheckSarif;
import dualtape.report.CheckTable;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape check}: derivatives against witnesses that use values only. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks derivatives against witnesses that use values only, number by number: agree, disagree, "
                + "unresolved. Without an argument, the whole catalogue.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape check",
            "  dualtape check 'lecture/*' --order 1",
            "  dualtape check 'log(x) * sin(y)' --points 50 --domain 'x in (0, 10); y in (-3, 3)' --seed 7",
            "  dualtape check @model.dt --at @point.txt --junit-xml check.xml --sarif check.sarif",
            "  dualtape check --save-baseline derivatives.txt; dualtape check --baseline derivatives.txt",
            "  dualtape check --self-test"
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ITEM", description = "scenarios (with *), programs, @files, or -")
    private List<String> arguments = List.of();

    @Option(names = "--at", paramLabel = "POINT",
            description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'; inputs of a program with --domain are numbers by "
                    + "default")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--points", paramLabel = "N",
            description = "random points in the domain instead of the one (default 20)")
    private Integer points;

    @Option(names = "--domain", paramLabel = "DOMAIN",
            description = "where random points are: 'x in (0,10); w in [-1,1]', or '(0,10)' for all inputs")
    private String domain;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "for random points and directions (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--order", paramLabel = "K", description = "1: gradients and Jacobians; 2: Hessians; default both")
    private Integer order;

    @Option(names = "--witness", paramLabel = "NAMES", split = ",", defaultValue = "all",
            description = "decimals, complex, structures, ridders: asked in this order until one can tell (default all)")
    private List<String> witnesses;

    @Option(names = "--engine", paramLabel = "NAMES", split = ",", defaultValue = "forward,reverse",
            description = "whose derivatives (default ${DEFAULT-VALUE}); all for every engine")
    private List<String> engines;

    @Option(names = "--strict", description = "unresolved numbers end with 5")
    private boolean strict;

    @Option(names = "--self-test",
            description = "instead: plants faults, which the checks must catch; one missed ends with 3")
    private boolean selfTest;

    @Option(names = "--save-baseline", paramLabel = "FILE", description = "keep every number that was checked")
    private Path saveBaseline;

    @Option(names = "--baseline", paramLabel = "FILE",
            description = "compare with kept numbers, bit by bit; a change or a missing number ends with 3")
    private Path baseline;

    @Option(names = "--json", description = "one JSON object instead of the table")
    private boolean json;

    @Option(names = "--junit-xml", paramLabel = "FILE", description = "also as JUnit XML")
    private Path junit;

    @Option(names = "--sarif", paramLabel = "FILE", description = "also as SARIF 2.1.0")
    private Path sarif;

    @Option(names = "--github", description = "also as annotations of GitHub workflows")
    private boolean github;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() {
        PrintStream out = Main.out();
        if (selfTest) {
            return SelfTestText.run(seed, arguments, out);
        }
        checkOptions();
        Limits limits = limitOptions.limits();
        List<Witness> asked = Witnesses.named(witnesses);
        List<Engine> checked = engines.contains("all") ? Engines.all()
                : engines.stream().map(Batch::engine).toList();
        Baseline before = baseline == null ? null : Baseline.read(baseline);
        CheckRun run = new CheckRun(subjects(limits), asked, checked,
                order == null ? new int[] {1, 2} : new int[] {order},
                seed, points == null ? 20 : points, domain == null ? null : Domain.parse(domain));
        long start = System.nanoTime();
        CheckRun.Result result = run.result(saveBaseline);
        double seconds = (System.nanoTime() - start) / 1e9;
        return report(result, before, seconds, out);
    }

    private void checkOptions() {
        if (order != null && order != 1 && order != 2) {
            throw new InputException("--order is 1 or 2, got " + order);
        } else if (points != null && domain == null) {
            throw new InputException("--points needs a --domain, as in --domain 'x in (0, 10)'");
        } else if (points != null && points < 1) {
            throw new InputException("--points must be at least 1, got " + points);
        }
    }

    private List<CheckRun.Item> subjects(Limits limits) {
        List<CheckRun.Item> items = new ArrayList<>();
        List<Scenario> chosen = arguments.isEmpty() ? Scenarios.all() : List.of();
        Limits own = limitOptions.isTimeGiven() ? limits : limits.withSeconds(Double.POSITIVE_INFINITY);
        chosen.forEach(
                scenario -> items.add(item(Subject.of(scenario, at, wrt, limits), scenario.name(), own)));
        for (String argument : arguments) {
            List<Scenario> scenarios = Subject.scenarios(argument);
            scenarios.forEach(
                    scenario -> items.add(item(Subject.of(scenario, at, wrt, limits), scenario.name(), own)));
            if (scenarios.isEmpty() && argument.matches("[a-z]+/[a-z0-9*-]+")) {
                throw new InputException(Visible.name(argument) + " is no scenario; see dualtape list scenarios");
            } else if (scenarios.isEmpty()) {
                items.add(item(CheckRun.program(argument, at, wrt, domain, limits), argument, limits));
            }
        }
        return items;
    }

    private CheckRun.Item item(Subject subject, String argument, Limits limits) {
        return new CheckRun.Item(subject, argument, at, limits);
    }

    private Integer report(CheckRun.Result result, Baseline before, double seconds, PrintStream out) {
        List<CheckItem> items = result.items();
        List<String> broken = result.broken().stream().map(CheckRun.Broken::text).toList();
        String version = new BuildInfo().getVersion()[0].replaceFirst("^dualtape ", "");
        Baseline now = new Baseline(List.of("version: " + version, "platform: " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version(), "seed: " + seed));
        items.forEach(item -> now.put(item.finding()));
        List<Baseline.Change> changes = before == null ? List.of() : before.changes(now);
        if (json) {
            out.print(CheckJson.of(items, broken, result.leftOut(), version, seconds));
        } else {
            out.print(CheckTable.table(items));
            out.print(CheckTable.details(items));
            out.println();
            out.print(CheckTable.sums(items, seconds));
            out.printf("%d laws %s%n", Law.all().size(),
                    !broken.isEmpty() ? "were looked at; broken: " + broken.size()
                            : result.leftOut().isEmpty() ? "hold for every function and engine"
                            : "hold as far as they were looked at");
            result.leftOut().forEach(line -> out.println("  " + line));
        }
        broken.forEach(line -> (json ? System.err : out).println("LAW BROKEN  " + line));
        if (before != null) {
            (json ? System.err : out).print(BaselineText.of(baseline, before, changes, now.size()));
        }
        if (github) {
            out.print(CheckReports.annotations(items));
        }
        out.flush();
        if (junit != null) {
            Baseline.replace(junit, CheckReports.junit(items, strict));
        }
        if (sarif != null) {
            Baseline.replace(sarif, CheckSarif.of(items, version));
        }
        if (saveBaseline != null) {
            now.write(saveBaseline);
            System.err.println("dualtape: " + now.size() + " numbers written to " + saveBaseline);
        }
        if (CheckTable.count(items, Verdict.DISAGREE) > 0 || !changes.isEmpty() || !broken.isEmpty()) {
            return ExitCode.DISAGREE.code();
        }
        return (strict && CheckTable.count(items, Verdict.UNRESOLVED) > 0 ? ExitCode.UNRESOLVED : ExitCode.OK).code();
    }
}
