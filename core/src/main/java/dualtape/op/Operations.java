package dualtape.op;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The catalogue: every operation of every table, by name. Tables are found with {@link ServiceLoader}. */
public final class Operations {

    /** A table of operations. Its entries are the public static final fields of type {@link Operation} of its class. */
    public interface Table {}

    private static final Map<String, Operation> BY_NAME = load();

    private Operations() {}

    /** All operations, table by table, in the order in which the tables state them. */
    public static Collection<Operation> all() {
        return BY_NAME.values();
    }

    /** The operation of this name, or null. */
    public static Operation find(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, Operation> load() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (Table table : ServiceLoader.load(Table.class, Operations.class.getClassLoader())) {
            for (Operation operation : entries(table.getClass())) {
                if (operations.putIfAbsent(operation.name(), operation) != null) {
                    throw new IllegalStateException("two operations are named \"" + operation.name() + "\"");
                }
            }
        }
        return java.util.Collections.unmodifiableMap(operations);
    }

    private static List<Operation> entries(Class<?> table) {
        List<Operation> entries = new ArrayList<>();
        for (java.lang.reflect.Field field : table.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && Modifier.isStatic(field.getModifiers())
                    && Operation.class.isAssignableFrom(field.getType())) {
                try {
                    entries.add((Operation) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(table.getName() + " must be public", e);
                }
            }
        }
        return entries;
    }
}
