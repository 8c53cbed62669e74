package dualtape.op;

import java.util.List;

/**
 * What an operation takes: positional operands, then keyword attributes.
 *
 * @param operands the operands' names, for help and messages
 * @param least the fewest operands (fewer than named when the last are optional)
 * @param most the most operands; {@link Integer#MAX_VALUE} for any number
 * @param attributes the attributes
 */
public record Signature(List<String> operands, int least, int most, List<Attribute> attributes) {
    /** One keyword attribute: a name, and the text of its default, or null where it must be given. */
    public record Attribute(String name, String byDefault) {}

    /** Exactly these operands, no attributes. */
    public static Signature of(String... operands) {
        return new Signature(List.of(operands), operands.length, operands.length, List.of());
    }

    /** The same with an attribute more. */
    public Signature with(String attribute, String byDefault) {
        List<Attribute> more = new java.util.ArrayList<>(attributes);
        more.add(new Attribute(attribute, byDefault));
        return new Signature(operands, least, most, List.copyOf(more));
    }

    /** As in {@code (x, axis=none)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < operands.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(operands.get(i));
            if (i >= least) {
                text.append('?');
            }
        }
        if (most == Integer.MAX_VALUE) {
            text.append(", ...");
        }
        for (Attribute attribute : attributes) {
            text.append(text.length() == 1 ? "" : ", ").append(attribute.name());
            if (attribute.byDefault() != null) {
                text.append('=').append(attribute.byDefault());
            }
        }
        return text.append(')').toString();
    }
}
