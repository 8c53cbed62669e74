package dualtape.op;

import dualtape.ir.Numerals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keyword attributes of one call, as numbers: {@code axis=0}. An attribute that has the default "none" may be absent.
 * A list, as in {@code shape=[2, 3]}, is kept element by element, as shape.0 and shape.1 (see {@link #put}).
 */
public final class Attributes {
    private final Operation operation;
    private final Map<String, Double> given;

    private Attributes(Operation operation, Map<String, Double> given) {
        this.operation = operation;
        this.given = given;
    }

    /** No attribute given. */
    public static Attributes none(Operation operation) {
        return new Attributes(operation, Map.of());
    }

    /**
     * These attributes.
     *
     * @throws IllegalArgumentException if the operation has no attribute of a name, listing those it has
     */
    public static Attributes of(Operation operation, Map<String, Double> given) {
        for (String name : given.keySet()) {
            String bare = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (operation.signature().attributes().stream().noneMatch(a -> a.name().equals(bare))) {
                throw new IllegalArgumentException(
                        operation.name() + " has no attribute \"" + name + "\"; it is called as "
                                + operation.name() + operation.signature());
            }
        }
        return new Attributes(operation, new LinkedHashMap<>(given));
    }

    /** Whether the attribute was given. */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /**
     * The attribute's value, or its default.
     *
     * @throws IllegalArgumentException if it was not given and has no number for a default
     */
    public double number(String name) {
        Double value = given.get(name);
        if (value != null) {
            return value;
        }
        for (Signature.Attribute attribute : operation.signature().attributes()) {
            if (attribute.name().equals(name) && attribute.byDefault() != null
                    && !attribute.byDefault().equals("none")) {
                return attribute.byDefault().equals("nan") ? Double.NaN : Double.parseDouble(attribute.byDefault());
            }
        }
        throw new IllegalArgumentException(operation.name() + " needs " + name + "=..., as in "
                + operation.name() + operation.signature());
    }

    /**
     * The attribute's value as an integer.
     *
     * @throws IllegalArgumentException also if it is not an integer
     */
    public int integer(String name) {
        double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(operation.name() + ": " + name + " must be an integer, got "
                    + Numerals.text(value));
        }
        return (int) value;
    }

    /** The attribute's value as a list of integers: empty where nothing was given. */
    public int[] integers(String name) {
        List<Integer> list = new ArrayList<>();
        while (given.containsKey(name + "." + list.size())) {
            list.add(integer(name + "." + list.size()));
        }
        return list.isEmpty() && has(name) ? new int[] {integer(name)} : list.stream().mapToInt(i -> i).toArray();
    }

    /** Adds a list to attributes that are being collected. */
    public static void put(Map<String, Double> attributes, String name, double... list) {
        for (int i = 0; i < list.length; i++) {
            attributes.put(name + "." + i, list[i]);
        }
    }

    /** What was given, by name. */
    public Map<String, Double> given() {
        return Collections.unmodifiableMap(given);
    }
}
