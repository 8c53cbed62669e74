package dualtape.check;

import dualtape.engine.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The witnesses there are, found with {@link ServiceLoader}. */
public final class Witnesses {
    private static final List<Witness> ALL = ServiceLoader.load(Witness.class, Witnesses.class.getClassLoader())
            .stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(Witness::rank))
            .toList();

    private Witnesses() {}

    /** All witnesses, by rank. */
    public static List<Witness> all() {
        return ALL;
    }

    /**
     * The witnesses of these names; {@code all} for all.
     *
     * @throws InputException if there is none of a name, naming those there are
     */
    public static List<Witness> named(List<String> names) {
        List<Witness> witnesses = new ArrayList<>();
        for (String name : names) {
            if (name.equals("all")) {
                return ALL;
            }
            witnesses.add(ALL.stream().filter(witness -> witness.name().equals(name)).findFirst()
                    .orElseThrow(() -> new InputException("unknown witness \"" + name + "\"; the witnesses are "
                            + String.join(", ", ALL.stream().map(Witness::name).toList()) + ", all")));
        }
        return witnesses;
    }
}
