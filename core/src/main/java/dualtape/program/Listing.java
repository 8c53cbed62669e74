package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program as text: its steps in order, where each result lies, how long it lives and how many bytes it takes. */
final class Listing {
    private final Program program;
    private final Lowering lowering;
    private final Graph graph;
    private final Lifetimes lifetimes;

    Listing(Program program, Lowering lowering) {
        this.program = program;
        this.lowering = lowering;
        this.graph = lowering.graph;
        this.lifetimes = new Lifetimes(graph);
    }

    /** {@code most}: steps that are shown. */
    String text(int most) {
        int steps = graph.applications().size();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%,d steps, %,d operations a run, %,d bytes of workspace%n", steps, program.operations(),
                program.workspaceBytes()));
        graph.inputs().forEach(input -> text.append(String.format(Locale.ROOT, "      %-44s %s%n",
                "input " + input.name() + " " + input.shape(), lowering.place(input))));
        for (int step = 0; step < Math.min(steps, most); step++) {
            text.append(line(step));
        }
        if (steps > most) {
            text.append(String.format(Locale.ROOT, "      ... %,d more%n", steps - most));
        }
        List<String> outputs = new ArrayList<>();
        graph.outputs().forEach(output -> outputs.add(lowering.place(output)));
        return text.append("      outputs ").append(String.join(", ", outputs)).append(System.lineSeparator())
                .toString();
    }

    private String line(int step) {
        Application application = graph.applications().get(step);
        String what = application.op() instanceof Bodied ? application.op().symbol() : application.op().toString();
        List<String> operands = new ArrayList<>();
        for (Node operand : application.operands()) {
            operands.add(operand instanceof Node.Constant constant && constant.value().isUniform()
                    ? dualtape.ir.Numerals.text(constant.value().at(0)) : lowering.place(operand));
        }
        StringBuilder line = new StringBuilder();
        for (Node result : application.results()) {
            int last = lifetimes.last(result);
            String until = last < 0 ? "unread" : last == graph.applications().size() ? "to the end" : "to " + last;
            String bytes = lifetimes.view(step) >= 0 ? "view"
                    : String.format(Locale.ROOT, "%,d B", 8L * result.shape().size());
            line.append(String.format(Locale.ROOT, "%5s %-44s %-12s %-14s %s%n",
                    result == application.results().get(0) ? step : "", result == application.results().get(0)
                            ? what + "(" + String.join(", ", operands) + ")" : "",
                    lowering.place(result), bytes, until));
        }
        return line.toString();
    }
}
