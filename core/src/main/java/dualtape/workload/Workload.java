package dualtape.workload;

import dualtape.ir.Graph;
import java.util.List;
import java.util.Map;

/** A module: functions of one kind of input. Stateless; found by {@link Workloads}. */
public interface Workload {
    /** The names of a value and its derivative, as most modules have them. */
    List<String> PRIMAL_GRADIENT = List.of("primal", "gradient");

    /** The same in the modules that come from ADBench. */
    List<String> OBJECTIVE_JACOBIAN = List.of("objective", "jacobian");

    /** Where the modules come from. */
    String GRADBENCH = "the GradBench authors, GradBench: a benchmark suite for automatic differentiation";

    /** Where the modules of ADBench come from. */
    String ADBENCH = "F. Srajer, Z. Kukelova, A. Fitzgibbon, A benchmark of selected algorithmic differentiation tools on some "
            + "problems in computer vision and machine learning, 2018; GradBench";

    /** The name, as in {@code gmm}. */
    String name();

    /** One line: the formula where it is short. */
    String summary();

    /** Where it comes from. */
    default String provenance() {
        return GRADBENCH;
    }

    /** Whether the engines that its functions nest are there. */
    default boolean available() {
        return true;
    }

    /** The names of its functions; the first is the plain value, if there is one. */
    List<String> functions();

    /**
     * An input, checked: every field there, of its shape, finite.
     *
     * @throws dualtape.engine.InputException if not, naming the field
     */
    Problem problem(Datum input);

    /** A small input from a seed: what the scenario of this module, tests and examples use. */
    Object sample(long seed);

    /** The functions of a problem that are scenarios, by name; the one under the module's own name is {@link Problem#graph}. */
    default Map<String, Graph> scenarios(Problem problem) {
        return Map.of(name(), problem.graph());
    }
}
