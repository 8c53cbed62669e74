package dualtape.cli;

import dualtape.engine.EdgeHit;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Tensor;
import dualtape.lang.PointText;
import dualtape.report.Json;
import dualtape.report.TensorText;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code dualtape jacobian|jvp|vjp|hvp|hessian}: one command for each operator that {@code grad} is not for. */
@Command(mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
    private static final int MOST_EDGES = 20;

    private final Operator operator;

    @Parameters(paramLabel = "PROGRAM", description = "a program, @file, - for standard input, or a scenario's name")
    private String program;

    @Option(names = "--at", paramLabel = "POINT", description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--direction", paramLabel = "TANGENTS",
            description = "for jvp and hvp: a tangent of each input that moves: 'x=1; w=[0,2]'")
    private String direction;

    @Option(names = "--seed", paramLabel = "ADJOINT",
            description = "for vjp: the adjoint of the result, of its shape: '[1, 0, 2]'; 1 for a scalar")
    private String seed;

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "auto",
            description = "forward, reverse, symbolic, numeric, auto or all (default ${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--nesting", paramLabel = "NESTING",
            description = "for hvp and hessian: ff, fr, rf or rr, the outer mode first (default: forward takes ff, reverse "
                    + "takes fr)")
    private String nesting;

    @Option(names = "--edges", paramLabel = "PROFILE", defaultValue = "minnorm",
            description = "conventions at kinks and ties: minnorm, jax, tensorflow or ieee (default ${DEFAULT-VALUE})")
    private String edges;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default ${DEFAULT-VALUE})")
    private String format;

    @Mixin
    private ThreadsOption threadsOption;

    @Mixin
    private MemoryOption memoryOption;

    @Mixin
    private LimitOptions limitOptions;

    private OperatorCommand(Operator operator) {
        this.operator = operator;
    }

    /**
     * The command of an operator.
     *
     * @param operator any but the gradient, whose command is {@code grad}
     */
    static CommandLine of(Operator operator) {
        CommandLine command = new CommandLine(new OperatorCommand(operator));
        command.getCommandSpec().name(operator.label()).usageMessage().description(summary(operator))
                .footerHeading("%nExamples:%n").footer(examples(operator));
        return command;
    }

    private static String summary(Operator operator) {
        return switch (operator) {
            case JACOBIAN -> "The Jacobian of a program: m rows, one an element of the result, by n columns.";
            case JVP -> "The Jacobian's product with a direction: the tangent of the result.";
            case VJP -> "An adjoint of the result times the Jacobian: the adjoint of each input.";
            case HVP -> "The Hessian's product with a direction.";
            case HESSIAN -> "The matrix of second derivatives of a scalar result, block by block.";
            default -> "The gradient.";
        };
    }

    private static String[] examples(Operator operator) {
        String map = "  dualtape " + operator.label() + " '[x[0] * y, sin(x[1])]' --at 'x=[1,2]; y=3'";
        String scalar = "  dualtape " + operator.label() + " 'x[0]^2 * x[1] * y' --at 'x=[1,2]; y=3'";
        return switch (operator) {
            case JVP -> new String[] {map + " --direction 'x=[1,0]; y=2'"};
            case VJP -> new String[] {map + " --seed '[1, 0.5]'"};
            case HVP -> new String[] {scalar + " --direction 'x=[1,0]'"};
            case HESSIAN -> new String[] {scalar + " --wrt x", scalar + " --nesting rr"};
            default -> new String[] {map, map + " --engine all"};
        };
    }

    @Override
    public Integer call() {
        if (!format.equals("text") && !format.equals("json")) {
            throw new InputException(
                    "unknown format \"" + dualtape.lang.Visible.text(format) + "\"; the formats are text, json");
        }
        Limits limits = limitOptions.limits();
        List<Engine> engines = engine.equals("all") ? Engines.all() : List.of(Question.engine(engine));
        Subject subject = Subject.of(program, at, wrt, limits, System.in);
        Question question = new Question(operator, subject.wrt(),
                direction == null ? null : PointText.parse(direction, "--direction", limits), adjoint(limits),
                Question.conventions(edges), nesting == null ? null : Question.nesting(nesting), engines.get(0),
                threadsOption.threads());
        return limitOptions.during(within -> answer(subject, question, engines, within));
    }

    private Integer answer(Subject subject, Question question, List<Engine> engines, Limits limits) {
        PrintStream out = Main.out();
        Traced traced = memoryOption.within(subject.trace(limits));
        List<Values> answers = question.answers(engines, traced, subject.point(), limits);
        for (int i = 0; i < engines.size(); i++) {
            out.print(format.equals("json") ? json(answers.get(i)) : text(answers.get(i), i == 0));
        }
        if (format.equals("text")) {
            out.print(edges(question, traced, subject.point()));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Tensor adjoint(Limits limits) {
        return seed == null ? null : PointText.parse("seed=" + seed, "--seed", limits).get("seed");
    }

    private String json(Values values) {
        return Json.line(json -> {
            Answers.write(json, operator, values);
            memoryOption.write(json, values);
        }) + "\n";
    }

    private String text(Values values, boolean first) {
        String value = first ? "value = " + TensorText.of(values.value(), 100) + "\n" : "\n";
        return value + operator.label() + " (" + values.engine() + memoryOption.stored(values) + ")\n"
                + Answers.text(operator, values);
    }

    /** The edges that the point hits, with the convention that was used; nothing where it hits none. */
    static String edges(Question question, Traced traced, Point at) {
        List<EdgeHit> hits = EdgeHit.find(traced.graph(), at, question.wrt(), MOST_EDGES);
        if (hits.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nat an edge (conventions: " + question.conventions().label() + ")\n");
        hits.forEach(hit -> text.append("  ").append(hit.text(question.conventions())).append('\n'));
        return text.append(hits.size() == MOST_EDGES ? "  ...\n" : "").toString();
    }
}
