package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Deadline;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Node;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape grad}: the gradient of a program at a point. */
@Command(
        name = "grad",
        mixinStandardHelpOptions = true,
        description = "The value and the gradient of a program at a point.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape grad 'log(x1) + x1*x2 - sin(x2)' --at 'x1=2; x2=5'",
            "  dualtape grad '(dot(x, w) - y)^2' --at 'x=[1,2]; w=[3,4]; y=2' --wrt w --engine all",
            "  dualtape grad 'norm(X @ w - y)^2' --at 'X=@data.csv; w=[0,0]; y=@y.csv' --format json",
            "  echo '{\"expr\": \"x^2\", \"at\": {\"x\": 3}}' | dualtape grad --batch"
        })
final class GradCommand implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Parameters(arity = "0..1", paramLabel = "PROGRAM", description = "a program, @file, or - for standard input")
    private String program;

    @Option(names = "--at", paramLabel = "POINT", description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "reverse",
            description = "forward, reverse, symbolic, numeric or all (default ${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default ${DEFAULT-VALUE})")
    private String format;

    @Option(names = "--batch", description = "JSON Lines: a request a line on standard input, an answer a line")
    private boolean batch;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() throws Exception {
        PrintStream out = Main.out();
        if (batch) {
            if (program != null) {
                throw new InputException("--batch reads programs from standard input; leave out PROGRAM");
            }
            new Batch(limitOptions.limits()).serve(System.in, out);
            return ExitCode.OK.code();
        } else if (program == null) {
            throw new InputException("no PROGRAM; write an expression, as in dualtape grad 'x^2' --at x=3");
        } else if (!format.equals("text") && !format.equals("json")) {
            throw new InputException(
                    "unknown format \"" + dualtape.lang.Visible.text(format) + "\"; the formats are text, json");
        }
        Limits limits = limitOptions.limits();
        List<Engine> engines = engine.equals("all") ? Engines.all() : List.of(Batch.engine(engine));
        Programs.Text text = Programs.text(program, System.in);
        Deadline deadline = limits.start();
        Point point = Programs.point(at, limits);
        Traced traced = new Budget("the program", limits, deadline).during(() -> text.parse(limits).trace(point));
        List<String> names = wrt != null ? wrt.stream().map(String::strip).toList()
                : traced.graph().inputs().stream().map(Node.Input::name).toList();
        List<Values> values = new ArrayList<>();
        for (Engine each : engines) {
            values.add(Gradients.of(traced, point, names, each, limits, deadline));
        }
        for (int i = 0; i < engines.size(); i++) {
            out.print(format.equals("json") ? json(engines.get(i), values.get(i)) + "\n"
                    : text(engines, i, values.get(i)));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static String text(List<Engine> engines, int i, Values values) {
        StringBuilder text = new StringBuilder();
        if (i == 0) {
            text.append("value = ").append(TensorText.of(values.value(), SHOWN)).append('\n');
        }
        text.append(i == 0 ? "" : "\n").append("gradient (").append(engines.get(i).name()).append(")\n");
        values.derivatives().forEach((name, gradient) -> text.append("  ").append(name).append(" = ")
                .append(TensorText.of(gradient, SHOWN)).append('\n'));
        return text.toString();
    }

    private static String json(Engine engine, Values values) {
        return Json.line(json -> {
            json.writeFieldName("value");
            Json.tensor(json, values.value());
            json.writeObjectFieldStart("gradient");
            for (var entry : values.derivatives().entrySet()) {
                json.writeFieldName(entry.getKey());
                Json.tensor(json, entry.getValue());
            }
            json.writeEndObject();
            json.writeStringField("engine", engine.name());
        });
    }
}
