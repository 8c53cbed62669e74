package dualtape.cli;

import dualtape.ir.Numerals;
import dualtape.ir.Tensor;

/** Tensors for people: nested brackets, long ones elided. */
final class TensorText {
    private TensorText() {}

    /** The tensor with at most {@code most} elements written out. */
    static String of(Tensor tensor, int most) {
        StringBuilder text = new StringBuilder();
        int rank = tensor.shape().rank();
        if (rank == 0) {
            return Numerals.text(tensor.at(0));
        }
        int shown = Math.min(tensor.size(), most);
        text.append("[".repeat(rank));
        int row = tensor.shape().extent(-1);
        for (int i = 0; i < shown; i++) {
            if (i > 0) {
                text.append(rank > 1 && i % row == 0 ? "], [" : ", ");
            }
            text.append(Numerals.text(tensor.at(i)));
        }
        if (shown < tensor.size()) {
            text.append(", ... (").append(tensor.size()).append(" elements, shape ").append(tensor.shape()).append(")");
        }
        return text.append("]".repeat(rank)).toString();
    }
}
