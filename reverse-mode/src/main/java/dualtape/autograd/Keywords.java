package dualtape.autograd;

import dualtape.op.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keyword arguments of one call, as in {@code Functions.sum(x, Keywords.of("axis", 0))}. Immutable. */
public final class Keywords {
    static final Keywords NONE = new Keywords(Map.of());

    private final Map<String, Double> given;

    private Keywords(Map<String, Double> given) {
        this.given = given;
    }

    /** One keyword with a number. */
    public static Keywords of(String name, double value) {
        return NONE.and(name, value);
    }

    /** One keyword with a list of integers, such as a shape. */
    public static Keywords list(String name, int... values) {
        Map<String, Double> given = new LinkedHashMap<>();
        double[] list = new double[values.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = values[i];
        }
        Attributes.put(given, name, list);
        return new Keywords(given);
    }

    /** One more with a number. */
    public Keywords and(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(given);
        more.put(name, value);
        return new Keywords(more);
    }

    Map<String, Double> given() {
        return given;
    }
}
