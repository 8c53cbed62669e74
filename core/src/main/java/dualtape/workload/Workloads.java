package dualtape.workload;

import dualtape.engine.InputException;
import dualtape.engine.Source;
import dualtape.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The modules there are, found with {@link ServiceLoader}; each is a scenario at its small size too. */
public final class Workloads implements Scenario.Table {
    /** The group of their scenarios. */
    public static final String GROUP = "workload";

    private static final long SEED = 7;
    private static final List<Workload> ALL = ServiceLoader.load(Workload.class, Workloads.class.getClassLoader())
            .stream()
            .map(ServiceLoader.Provider::get).toList();

    /** For the {@link ServiceLoader}. */
    public Workloads() {}

    /** All modules, in order. */
    public static List<Workload> all() {
        return ALL;
    }

    /**
     * The module of this name.
     *
     * @throws InputException if there is none, naming those there are
     */
    public static Workload named(String name) {
        return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst()
                .orElseThrow(() -> new InputException("unknown module \"" + name + "\"; the modules are "
                        + String.join(", ", ALL.stream().map(Workload::name).toList())));
    }

    @Override
    public List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (Workload workload : ALL) {
            Problem problem = workload.problem(Datum.of("input", workload.sample(SEED)));
            workload.scenarios(problem).forEach((name, graph) -> scenarios.add(new Scenario(GROUP + "/" + name,
                    workload.summary(), workload.provenance(), workload.summary(), Source.of(workload.summary(), graph),
                    "", problem.point(), problem.wrt(), Map.of(), true)));
        }
        return scenarios;
    }
}
