package dualtape.autograd;

import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Signature;
import java.util.ArrayList;
import java.util.List;

/** Calls by name; {@link Functions} has them all. */
abstract class Calls {
    /**
     * Any operation of the catalogue by its name in the text language.
     *
     * @throws IllegalArgumentException if there is none of this name, or it takes not so many operands or not these keywords
     * @throws dualtape.ir.ShapeException if the operands do not fit
     */
    public static Variable call(String name, Keywords keywords, Variable... operands) {
        Operation operation = Operations.find(name);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "there is no operation \"" + name + "\"; dualtape list operations has them");
        }
        Signature signature = operation.signature();
        if (operands.length < signature.least() || operands.length > signature.most()) {
            throw new IllegalArgumentException(operands.length + (operands.length == 1 ? " operand" : " operands")
                    + " given; it is called as " + operation.name() + signature);
        }
        return operation.call(Eager.INSTANCE, List.of(operands), Attributes.of(operation, keywords.given()));
    }

    static Variable joined(String name, Keywords keywords, Variable first, Variable... more) {
        List<Variable> operands = new ArrayList<>();
        operands.add(first);
        operands.addAll(List.of(more));
        return call(name, keywords, operands.toArray(Variable[]::new));
    }
}
