package dualtape.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The catalogue of scenarios. Tables are found with {@link ServiceLoader}, when the first scenario is asked for. */
public final class Scenarios {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/._-]+");
    private static final Pattern NAME_OR_GLOB = Pattern.compile("[A-Za-z0-9/._*-]+");

    private Scenarios() {}

    /** Apart, so that a command on a program that cannot be a scenario's name does not wait for the catalogue. */
    private static final class Catalogue {
        static final List<Scenario> ALL = load();
    }

    /** All scenarios, table by table. */
    public static List<Scenario> all() {
        return Catalogue.ALL;
    }

    /**
     * The scenarios whose name is this, or matches it where it has a {@code *}; none if there is no such. Those of the group
     * {@code workload} may be called by their bare names, as in {@code gmm}.
     */
    public static List<Scenario> matching(String glob) {
        if (!NAME_OR_GLOB.matcher(glob).matches()) {
            return List.of();
        }
        List<Scenario> exact = named(glob);
        return exact.isEmpty() && !glob.contains("/") && !glob.contains("*") ? named("workload/" + glob) : exact;
    }

    private static List<Scenario> named(String glob) {
        Pattern pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
        return all().stream().filter(scenario -> pattern.matcher(scenario.name()).matches()).toList();
    }

    private static List<Scenario> load() {
        List<Scenario> all = new ArrayList<>();
        for (Scenario.Table table : ServiceLoader.load(Scenario.Table.class, Scenarios.class.getClassLoader())) {
            all.addAll(table.scenarios());
        }
        for (Scenario scenario : all) {
            if (!NAME.matcher(scenario.name()).matches()) {
                throw new IllegalStateException("a scenario's name is made of " + NAME + ", unlike " + scenario.name());
            }
        }
        if (all.stream().map(Scenario::name).distinct().count() != all.size()) {
            throw new IllegalStateException("two scenarios have one name");
        }
        return List.copyOf(all);
    }
}
