package dualtape.cli;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.report.Json;
import dualtape.report.TensorText;
import java.io.PrintStream;
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
            description = "forward, reverse, symbolic, numeric, auto or all (default ${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--edges", paramLabel = "PROFILE", defaultValue = "minnorm",
            description = "conventions at kinks and ties: minnorm, jax, tensorflow or ieee (default ${DEFAULT-VALUE})")
    private String edges;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default ${DEFAULT-VALUE})")
    private String format;

    @Option(names = "--batch", description = "JSON Lines: a request a line on standard input, an answer a line")
    private boolean batch;

    @Mixin
    private ThreadsOption threadsOption;

    @Mixin
    private MemoryOption memoryOption;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() throws Exception {
        if (batch) {
            if (program != null) {
                throw new InputException("--batch reads programs from standard input; leave out PROGRAM");
            }
            if (memoryOption.isGiven()) {
                throw new InputException(
                        "--memory goes with one PROGRAM; --batch stores every carry: leave out one of them");
            }
            new Batch(limitOptions.limits()).serve(System.in, Main.out(), threadsOption.threads());
            return ExitCode.OK.code();
        } else if (program == null) {
            throw new InputException("no PROGRAM; write an expression, as in dualtape grad 'x^2' --at x=3");
        }
        boolean json = Formats.isJson(format);
        Limits limits = limitOptions.limits();
        List<Engine> engines = engine.equals("all") ? Engines.all() : List.of(Question.engine(engine));
        Subject subject = Subject.of(program, at, wrt, limits, System.in);
        Question question = new Question(Operator.GRADIENT, subject.wrt(), null, null, Question.conventions(edges),
                null,
                engines.get(0), threadsOption.threads());
        return limitOptions.during(within -> answer(subject, question, engines, json, within));
    }

    private Integer answer(Subject subject, Question question, List<Engine> engines, boolean json,
            Limits limits) {
        PrintStream out = Main.out();
        Traced traced = memoryOption.within(subject.trace(limits));
        List<Values> values = question.answers(engines, traced, subject.point(), limits);
        for (int i = 0; i < engines.size(); i++) {
            Formulas formulas = engines.get(i) == Engines.symbolic()
                    ? Formulas.of(question, traced.graph(), subject.point(), limits)
                    : null;
            out.print(json ? json(values.get(i), formulas) + "\n"
                    : text(i, values.get(i)) + (formulas == null ? "" : formulas.text()));
        }
        if (!json) {
            out.print(OperatorCommand.edges(question, traced, subject.point()));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private String text(int i, Values values) {
        StringBuilder text = new StringBuilder();
        if (i == 0) {
            text.append("value = ").append(TensorText.of(values.value(), SHOWN)).append('\n');
        }
        text.append(i == 0 ? "" : "\n").append("gradient (").append(values.engine()).append(memoryOption.stored(values))
                .append(")\n");
        return text.append(Answers.text(Operator.GRADIENT, values)).toString();
    }

    private String json(Values values, Formulas formulas) {
        return Json.line(json -> {
            Answers.write(json, Operator.GRADIENT, values);
            memoryOption.write(json, values);
            if (formulas != null) {
                formulas.write(json);
            }
        });
    }
}
