package dualtape.scenario;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.lang.PointText;
import java.util.List;
import java.util.Map;

/**
 * A named function, where it is looked at, and what is known of its derivative.
 *
 * @param name lower case, a group and a name: {@code lecture/least-squares}
 * @param summary one line
 * @param provenance where it comes from
 * @param program its text
 * @param built the function, where it was built in Java and {@code program} only describes it; else null
 * @param at the point, as in {@code x=1; w=[1,2]}, or empty if {@code values} gives it
 * @param values the point, where it is too long for a text; else null
 * @param wrt the inputs to differentiate by; empty for all
 * @param expected derivatives known from elsewhere, by input, as texts of values; an edge's convention among them
 * @param smooth whether differences approximate the derivative there: false at an edge
 */
public record Scenario(
        String name, String summary, String provenance, String program, Source built, String at, Point values,
        List<String> wrt,
        Map<String, String> expected, boolean smooth) {

    /** A table of scenarios. Its entries are what {@link #scenarios} gives. */
    public interface Table {
        /** The scenarios of this table, in order. */
        List<Scenario> scenarios();
    }

    /** With a program and a point in texts, by all inputs, smooth. */
    public static Scenario of(String name, String summary, String provenance, String program, String at) {
        return new Scenario(name, summary, provenance, program, null, at, null, List.of(), Map.of(), true);
    }

    /** With a function built in Java and a point in a text, by all inputs, smooth. */
    public static Scenario built(String name, String summary, String provenance, Source source, String at) {
        return new Scenario(name, summary, provenance, source.text(), source, at, null, List.of(), Map.of(), true);
    }

    /** The same with a known derivative by one input. */
    public Scenario expecting(String input, String derivative) {
        Map<String, String> more = new java.util.LinkedHashMap<>(expected);
        more.put(input, derivative);
        return new Scenario(name, summary, provenance, program, built, at, values, wrt,
                java.util.Collections.unmodifiableMap(more), smooth);
    }

    /** The same, by some inputs only. */
    public Scenario by(String... inputs) {
        return new Scenario(name, summary, provenance, program, built, at, values, List.of(inputs), expected, smooth);
    }

    /** The same, marked as an edge. */
    public Scenario atAnEdge() {
        return new Scenario(name, summary, provenance, program, built, at, values, wrt, expected, false);
    }

    /** The function. */
    public Source source() {
        return built != null ? built : Language.parse(program, dualtape.engine.Limits.DEFAULT, name);
    }

    /** The point. */
    public Point point() {
        return values != null ? values : PointText.parse(at);
    }

    /** The inputs to differentiate by. */
    public List<String> selected() {
        return wrt.isEmpty() ? point().names() : wrt;
    }

    /** The known derivative by an input, or null. */
    public Tensor known(String input) {
        String text = expected.get(input);
        return text == null ? null : PointText.parse("d=" + text).get("d");
    }
}
