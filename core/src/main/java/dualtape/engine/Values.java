package dualtape.engine;

import dualtape.ir.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value and derivatives by name, as an engine gives them.
 *
 * @param value the function's value
 * @param derivatives by input name: gradients and adjoints in the input's shape, Jacobians as m×n matrices. Not modifiable.
 * @param cost what it cost
 */
public record Values(Tensor value, Map<String, Tensor> derivatives, Cost cost) {
    /** Keeps the order of the names. */
    public Values {
        derivatives = Collections.unmodifiableMap(new LinkedHashMap<>(derivatives));
    }

    /**
     * The derivative by one input.
     *
     * @throws InputException if it was not asked for, naming those that were
     */
    public Tensor get(String name) {
        Tensor derivative = derivatives.get(name);
        if (derivative == null) {
            throw new InputException(
                    "no derivative by \"" + name + "\" was computed; there are " + derivatives.keySet());
        }
        return derivative;
    }
}
