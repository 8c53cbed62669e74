package dualtape.autograd;

import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls by name; {@link Functions} has them all. */
abstract class Calls {
    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    static {
        Operations.all().forEach(operation -> ENTRIES.put(operation.name(),
                new Entry(operation, operation.signature().least(), operation.signature().most(),
                        Attributes.none(operation))));
    }

    /** An operation, how many operands it takes, and no attributes. */
    private record Entry(Operation operation, int least, int most, Attributes none) {}

    /**
     * Any operation of the catalogue by its name in the text language.
     *
     * @throws IllegalArgumentException if there is none of this name, or it takes not so many operands or not these keywords
     * @throws dualtape.ir.ShapeException if the operands do not fit
     */
    public static Variable call(String name, Keywords keywords, Variable... operands) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "there is no operation \"" + name + "\"; dualtape list operations has them");
        } else if (operands.length < entry.least || operands.length > entry.most) {
            throw new IllegalArgumentException(operands.length + (operands.length == 1 ? " operand" : " operands")
                    + " given; it is called as " + name + entry.operation.signature());
        }
        return entry.operation.call(Eager.INSTANCE, List.of(operands), keywords == Keywords.NONE ? entry.none
                : Attributes.of(entry.operation, keywords.given()));
    }

    static Variable joined(String name, Keywords keywords, Variable first, Variable... more) {
        List<Variable> operands = new ArrayList<>();
        operands.add(first);
        operands.addAll(List.of(more));
        return call(name, keywords, operands.toArray(Variable[]::new));
    }
}
