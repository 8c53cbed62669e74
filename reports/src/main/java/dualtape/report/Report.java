package dualtape.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dualtape.bench.Comparison;
import dualtape.bench.Growth;
import dualtape.engine.Cost;
import dualtape.ir.Numerals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of a comparison: report.md, results.json, charts. Written again after every item, to a temporary name and
 * moved, so that an interrupted run leaves what it had.
 */
public final class Report {
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> CHARTS = List.of("time.svg", "memory.svg", "crossing.svg");

    private final Path folder;
    private final Map<String, Object> environment;
    private final List<Comparison> items = new ArrayList<>();
    private Growth chain;
    private Growth inputs;
    private boolean complete;

    /**
     * In a folder, which is made with its parents, with what describes the machine and the run. What an earlier run left
     * there is replaced at once.
     */
    public Report(Path folder, Map<String, Object> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        Files.createDirectories(folder);
        for (String chart : CHARTS) {
            Files.deleteIfExists(folder.resolve(chart));
        }
        write();
    }

    /** One item more. */
    public synchronized void add(Comparison item) throws IOException {
        items.add(item);
        write();
    }

    /** Whether nothing has been measured yet. Waits for a file that is just being written. */
    public synchronized boolean isEmpty() {
        return items.isEmpty();
    }

    /** What the growth studies have measured so far; null for one that has not begun. */
    public synchronized void growing(Growth chainGrowth, Growth inputsGrowth) throws IOException {
        this.chain = chainGrowth;
        this.inputs = inputsGrowth;
        write();
    }

    /** The growth studies, whole: with them the report is complete. */
    public synchronized void growth(Growth chainGrowth, Growth inputsGrowth) throws IOException {
        this.chain = chainGrowth;
        this.inputs = inputsGrowth;
        charts();
        this.complete = true;
        write();
    }

    private void write() throws IOException {
        save("results.json", JSON.writeValueAsString(json()) + "\n");
        StringBuilder text = new StringBuilder("# Forward and reverse, compared\n\n");
        environment.forEach((key, value) -> text.append("- ").append(key).append(": ")
                .append(value instanceof Double number ? Numerals.text(number) : value).append('\n'));
        text.append(complete ? "" : "\n**The run was not finished: this is what it had measured.**\n");
        for (Comparison item : items) {
            text.append("\n## ").append(item.name()).append("\n\n").append(Texts.summary(item)).append("\n\n")
                    .append(Texts.engines(item).markdown());
        }
        if (!complete) {
            for (Growth growth : growths()) {
                text.append("\n## Growth of the family ").append(growth.family()).append("\n\n")
                        .append(Texts.growth(growth).markdown());
            }
        } else {
            text.append(
                    "\n## Growth\n\n![Time against n](time.svg)\n\n![Memory against n](memory.svg)\n\n![Crossing](crossing.svg)\n\n")
                    .append(Texts.growth(chain).markdown()).append('\n').append(Texts.growth(inputs).markdown())
                    .append('\n');
            Texts.sentences(chain, inputs).forEach(sentence -> text.append("- ").append(sentence).append('\n'));
            text.append("\n## What the lecture claims\n\n").append(Claims.table(chain, inputs).markdown());
        }
        save("report.md", text.toString());
    }

    private void charts() throws IOException {
        save("time.svg", new Chart("Time of a gradient along a chain", "operations n", "seconds a run", Units::seconds)
                .line("primal", chain.sizes(), seconds(chain, 0)).line("forward", chain.sizes(), seconds(chain, 1))
                .line("reverse", chain.sizes(), seconds(chain, 2)).svg());
        save("memory.svg",
                new Chart("Memory of a gradient along a chain", "operations n", "peak bytes of the workspace",
                        Units::bytes).line("forward", chain.sizes(), bytes(chain, true))
                        .line("reverse", chain.sizes(), bytes(chain, false))
                        .svg());
        double crossing = inputs.crossing();
        save("crossing.svg", new Chart("n inputs, one output: where the modes cross", "inputs n", "seconds a gradient",
                Units::seconds).line("primal", inputs.sizes(), seconds(inputs, 0))
                .line("forward", inputs.sizes(), seconds(inputs, 1))
                .line("reverse", inputs.sizes(), seconds(inputs, 2))
                .mark(crossing, "they cross at n = " + Units.number(crossing)).svg());
    }

    private static double[] seconds(Growth growth, int which) {
        return growth.points().stream().mapToDouble(p -> which == 0 ? p.primal() : which == 1 ? p.forward().seconds()
                : p.reverse().seconds()).toArray();
    }

    private static double[] bytes(Growth growth, boolean forward) {
        return growth.points().stream().mapToDouble(p -> (forward ? p.forward() : p.reverse()).cost().workspaceBytes())
                .toArray();
    }

    private Map<String, Object> json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", 1);
        root.put("environment", environment);
        root.put("complete", complete);
        List<Object> list = new ArrayList<>();
        for (Comparison item : items) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", item.name());
            entry.put("value", numbers(item.value()));
            entry.put("columns", item.columns());
            entry.put("agrees", item.agrees());
            entry.put("worst_relative", number(item.worst().relative()));
            entry.put("worst_ulps", number(item.worst().ulps()));
            entry.put("swell_tree", item.swell().tree().bitLength() <= 53 ? item.swell().tree()
                    : item.swell().tree().toString());
            entry.put("swell_shared", item.swell().shared());
            entry.put("primal_seconds", item.primal().median());
            List<Object> engines = new ArrayList<>();
            item.engines().forEach(engine -> engines.add(engine(item, engine)));
            entry.put("engines", engines);
            list.add(entry);
        }
        root.put("items", list);
        Map<String, Object> growth = new LinkedHashMap<>();
        for (Growth each : growths()) {
            growth.put(each.family(), each.points().stream().map(Report::size).toList());
        }
        root.put("growth", growth);
        return root;
    }

    private List<Growth> growths() {
        return Stream.of(chain, inputs).filter(growth -> growth != null).toList();
    }

    private static Map<String, Object> engine(Comparison item, Comparison.Entry engine) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("engine", engine.engine());
        entry.put("derivative", numbers(engine.derivative()));
        entry.put("extrapolated", engine.extrapolated());
        if (engine.extrapolated()) {
            entry.put("sampled_columns", engine.sampled());
        }
        entry.put("relative_difference", number(engine.disagreement().relative()));
        entry.put("prepare_seconds", engine.prepare());
        entry.put("first_seconds", engine.timing().first());
        entry.put("median_seconds", engine.timing().median());
        entry.put("quartile_seconds", List.of(engine.timing().low(), engine.timing().high()));
        entry.put("samples", engine.timing().samples());
        entry.put("ratio_to_primal", item.ratio(engine));
        cost(entry, engine.cost());
        return entry;
    }

    private static void cost(Map<String, Object> entry, Cost cost) {
        entry.put("sweeps", cost.sweeps());
        entry.put("operations", cost.operations());
        entry.put("workspace_bytes", cost.workspaceBytes());
        entry.put("stored_bytes", cost.storedBytes());
        entry.put("graph_bytes", cost.graphBytes());
    }

    private static Map<String, Object> size(Growth.Size size) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("n", size.n());
        entry.put("primal_seconds", size.primal());
        for (boolean forward : new boolean[] {true, false}) {
            Growth.Side side = forward ? size.forward() : size.reverse();
            Map<String, Object> mode = new LinkedHashMap<>();
            mode.put("seconds", side.seconds());
            mode.put("extrapolated", side.extrapolated());
            cost(mode, side.cost());
            entry.put(forward ? "forward" : "reverse", mode);
        }
        return entry;
    }

    private static List<Object> numbers(double[] values) {
        return java.util.Arrays.stream(values).mapToObj(Report::number).toList();
    }

    /** NaN and infinities as texts: JSON has no numbers for them. */
    private static Object number(double x) {
        return Double.isFinite(x) ? (Object) x : Double.toString(x);
    }

    private void save(String name, String text) throws IOException {
        Path part = folder.resolve("." + name + ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
