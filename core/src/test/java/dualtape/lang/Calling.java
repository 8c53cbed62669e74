package dualtape.lang;

import dualtape.ir.Numerals;
import dualtape.op.Operation;
import dualtape.op.Sample;
import dualtape.op.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of operations as people write them. */
final class Calling {
    private static final List<String> WORDS = List.of("not", "and", "or");

    private Calling() {}

    /** The call of an operation with a sample's attributes: infix and prefix words as such, {@code name(…)} for all others. */
    static String text(Operation operation, Sample sample, List<String> operands) {
        if (WORDS.contains(operation.name())) {
            return operands.size() == 1 ? operation.name() + " " + operands.get(0)
                    : operands.get(0) + " " + operation.name() + " " + operands.get(1);
        }
        List<String> leading = operation.signature().leading().stream().map(Signature.Attribute::name).toList();
        List<String> arguments = new ArrayList<>();
        leading.forEach(name -> arguments.add(number(sample.attributes().get(name))));
        arguments.addAll(operands);
        for (Signature.Attribute attribute : operation.signature().attributes()) {
            if (!leading.contains(attribute.name())) {
                String value = value(sample.attributes(), attribute.name());
                if (value != null) {
                    arguments.add(attribute.name() + "=" + value);
                }
            }
        }
        return operation.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** A number, a list, or null where the sample does not have the attribute. */
    private static String value(Map<String, Double> attributes, String name) {
        if (attributes.containsKey(name)) {
            return number(attributes.get(name));
        }
        List<String> items = new ArrayList<>();
        while (attributes.containsKey(name + "." + items.size())) {
            items.add(number(attributes.get(name + "." + items.size())));
        }
        return items.isEmpty() ? null : "[" + String.join(", ", items) + "]";
    }

    private static String number(double x) {
        return Double.isNaN(x) ? "nan" : Numerals.text(x).replace("Infinity", "inf");
    }
}
