package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.lang.TextSource;
import dualtape.lang.Visible;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command works on: a function, a point, and the inputs to differentiate by.
 *
 * @param name the scenario's name, or the beginning of the program
 * @param source the function
 * @param point where
 * @param wrt the inputs to differentiate by
 */
record Subject(String name, Source source, Point point, List<String> wrt) {
    private static final int LONGEST_NAME = 60;

    /**
     * The argument PROGRAM of a command on one function: the name of a scenario, or a program.
     *
     * @param at the option {@code --at}, blank for a scenario's own point
     * @param wrt the option {@code --wrt}, null for all inputs of a program, or those of the scenario
     * @throws InputException if the argument has a star and several scenarios match
     */
    static Subject of(String argument, String at, List<String> wrt, Limits limits, InputStream in) {
        List<Scenario> scenarios = scenarios(argument);
        if (scenarios.size() > 1) {
            throw new InputException("this command takes one scenario; " + scenarios.size() + " match "
                    + Visible.name(argument) + ": "
                    + String.join(", ", scenarios.stream().limit(6).map(Scenario::name).toList())
                    + (scenarios.size() > 6 ? ", ..." : ""));
        }
        return scenarios.isEmpty() ? ofProgram(argument, at, wrt, limits, in) : of(scenarios.get(0), at, wrt, limits);
    }

    /** The scenarios that an argument names; none for a file, for standard input, and for a program. */
    static List<Scenario> scenarios(String argument) {
        return argument.startsWith("@") ? List.of() : Scenarios.matching(argument);
    }

    /** A scenario, with some of its inputs' values changed. */
    static Subject of(Scenario scenario, String at, List<String> wrt, Limits limits) {
        Point point = scenario.point();
        for (var value : Programs.point(at, limits).values().entrySet()) {
            point = point.with(value.getKey(), value.getValue());
        }
        return new Subject(scenario.name(), scenario.source(), point, wrt == null ? scenario.selected() : names(wrt));
    }

    /** A program. */
    static Subject ofProgram(String argument, String at, List<String> wrt, Limits limits, InputStream in) {
        TextSource source = Programs.read(argument, limits, in);
        Point point = Programs.point(at, limits);
        String name = argument.length() > LONGEST_NAME ? argument.substring(0, LONGEST_NAME) + "..." : argument;
        return new Subject(name, source, point, wrt == null ? all(source, point) : names(wrt));
    }

    /** What runs at the point, before the deadline of the thread's budget. */
    Traced trace(Limits limits) {
        return new Budget("the program", limits, Budget.deadline(limits)).during(() -> source.trace(point));
    }

    private static List<String> names(List<String> wrt) {
        return wrt.stream().map(String::strip).toList();
    }

    /** The inputs that the program reads, and then what else the point names. */
    private static List<String> all(TextSource source, Point point) {
        java.util.Set<String> names = new java.util.LinkedHashSet<>(source.inputs());
        names.addAll(point.names());
        return new ArrayList<>(names);
    }
}
