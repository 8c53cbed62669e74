package dualtape.op;

import java.util.ArrayList;
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
    /**
     * One keyword attribute.
     *
     * @param byDefault the text of its default, or null where it must be given
     * @param leading whether text gives it as a number in position, before the operands, as in {@code polygamma(2, x)}
     */
    public record Attribute(String name, String byDefault, boolean leading) {}

    /** Exactly these operands, no attributes. */
    public static Signature of(String... operands) {
        return new Signature(List.of(operands), operands.length, operands.length, List.of());
    }

    /** The same with an attribute more. */
    public Signature with(String attribute, String byDefault) {
        return with(new Attribute(attribute, byDefault, false));
    }

    /** The same with an attribute more that text gives in position, before the operands. */
    public Signature leading(String attribute) {
        return with(new Attribute(attribute, null, true));
    }

    /** The attributes that text gives in position, before the operands. */
    public List<Attribute> leading() {
        return attributes.isEmpty() ? attributes : attributes.stream().filter(Attribute::leading).toList();
    }

    private Signature with(Attribute attribute) {
        List<Attribute> more = new ArrayList<>(attributes);
        more.add(attribute);
        return new Signature(operands, least, most, List.copyOf(more));
    }

    /** As in {@code (x, axis=none)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (Attribute attribute : leading()) {
            text.append(text.length() == 1 ? "" : ", ").append(attribute.name());
        }
        for (int i = 0; i < operands.size(); i++) {
            text.append(text.length() == 1 ? "" : ", ").append(operands.get(i));
            if (i >= least) {
                text.append('?');
            }
        }
        if (most == Integer.MAX_VALUE) {
            text.append(", ...");
        }
        for (Attribute attribute : attributes) {
            if (attribute.leading()) {
                continue;
            }
            text.append(text.length() == 1 ? "" : ", ").append(attribute.name());
            text.append('=').append(attribute.byDefault() != null ? attribute.byDefault() : "...");
        }
        return text.append(')').toString();
    }
}
