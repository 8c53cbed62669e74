package dualtape.autograd;

import dualtape.ir.Tensor;
import java.util.List;
import java.util.Set;

/**
 * An implementation of recorded variables, to be compared with another.
 *
 * @param <V> its variables
 */
interface Peer<V> extends AutoCloseable {
    /** The operations that it has, by the names of the catalogue. */
    Set<String> operations();

    /** A variable made by hand. */
    V leaf(Tensor value, boolean requiresGrad);

    /** One operation. */
    V apply(String operation, List<V> operands);

    /** The value alone. */
    V detach(V variable);

    /**
     * Goes back from a scalar.
     *
     * @param retain whether the record is kept
     * @throws RuntimeException if the way back is refused
     */
    void backward(V loss, boolean retain);

    /** The value. */
    Tensor value(V variable);

    /** The gradient that has been added up; null where none came. */
    Tensor grad(V leaf);

    /** Zeroes the gradient. */
    void zeroGrad(V leaf);

    @Override
    void close();
}
