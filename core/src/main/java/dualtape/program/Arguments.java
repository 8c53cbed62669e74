package dualtape.program;

import dualtape.program.SumCode.Partial;
import dualtape.program.ValueCode.Local;
import dualtape.program.ValueCode.Place;
import dualtape.program.ValueCode.Uniform;
import dualtape.program.ValueCode.Value;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** The locals that a method gets from the method of the same object that calls it: each is pushed once and has a new number there. */
final class Arguments {
    private final Code caller;
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final StringBuilder types = new StringBuilder();
    private int next = 1;

    Arguments(Code caller) {
        this.caller = caller;
        caller.var(Opcodes.ALOAD, 0);
    }

    /** A value as it is found in the method. */
    Value of(Value value) {
        if (value instanceof Place place) {
            return new Place(array(place.array()), place.base() < 0 ? -1 : pass(place.base(), Opcodes.ILOAD, "I", 1),
                    place.at(), place.lanes());
        }
        if (value instanceof Local local) {
            return new Local(pass(local.local(), Opcodes.DLOAD, "D", 2));
        }
        return value instanceof Uniform uniform ? new Uniform(pass(uniform.local(), Opcodes.DLOAD, "D", 2)) : value;
    }

    /** A place of the method as the caller finds it. It lies in arrays that have been passed. */
    Place back(Place there) {
        return new Place(caller(there.array()), there.base() < 0 ? -1 : caller(there.base()), there.at(),
                there.lanes());
    }

    /** Whether a local of the method is an argument. */
    boolean passed(int there) {
        return locals.containsValue(there);
    }

    private int caller(int there) {
        return locals.entrySet().stream().filter(entry -> entry.getValue() == there).findFirst().orElseThrow().getKey();
    }

    Partial of(Partial partial) {
        return new Partial(partial.size(), (Place) of(partial.place()), partial.terms(), partial.beside());
    }

    int array(int local) {
        return pass(local, Opcodes.ALOAD, "[D", 1);
    }

    int integer(int local) {
        return pass(local, Opcodes.ILOAD, "I", 1);
    }

    private int pass(int local, int load, String type, int slots) {
        return locals.computeIfAbsent(local, key -> {
            caller.var(load, local);
            types.append(type);
            next += slots;
            return next - slots;
        });
    }

    String descriptor() {
        return "(" + types + ")V";
    }

    /** The first local that is free in the method. */
    int next() {
        return next;
    }
}
