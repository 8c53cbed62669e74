package dualtape.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The catalogue of scenarios. Tables are found with {@link ServiceLoader}. */
public final class Scenarios {
    private static final List<Scenario> ALL = load();

    private Scenarios() {}

    /** All scenarios, table by table. */
    public static List<Scenario> all() {
        return ALL;
    }

    /**
     * The scenarios whose name is this, or matches it where it has a {@code *}; none if there is no such. Those of the group
     * {@code workload} may be called by their bare names, as in {@code gmm}.
     */
    public static List<Scenario> matching(String glob) {
        List<Scenario> exact = named(glob);
        return exact.isEmpty() && !glob.contains("/") && !glob.contains("*") ? named("workload/" + glob) : exact;
    }

    private static List<Scenario> named(String glob) {
        Pattern pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
        return ALL.stream().filter(scenario -> pattern.matcher(scenario.name()).matches()).toList();
    }

    private static List<Scenario> load() {
        List<Scenario> all = new ArrayList<>();
        for (Scenario.Table table : ServiceLoader.load(Scenario.Table.class, Scenarios.class.getClassLoader())) {
            all.addAll(table.scenarios());
        }
        if (all.stream().map(Scenario::name).distinct().count() != all.size()) {
            throw new IllegalStateException("two scenarios have one name");
        }
        return List.copyOf(all);
    }
}
