package dualtape.report;

import dualtape.ir.Tensor;
import dualtape.ir.Numerals;
import java.util.function.DoubleFunction;

/** Tensors for people: nested brackets, long ones elided. */
public final class TensorText {
    private TensorText() {}

    /** The tensor with at most {@code most} elements written out, in all their digits; of more it says how many. */
    public static String of(Tensor tensor, int most) {
        String count = ", ... (" + tensor.size() + " elements, shape " + tensor.shape() + ")";
        return text(tensor, most, Numerals::text, count);
    }

    /** The tensor with at most {@code most} elements written out, with six significant digits. */
    public static String rounded(Tensor tensor, int most) {
        return text(tensor, most, Units::digits, ", ...");
    }

    private static String text(Tensor tensor, int most, DoubleFunction<String> number, String more) {
        StringBuilder text = new StringBuilder();
        int rank = tensor.shape().rank();
        if (rank == 0) {
            return number.apply(tensor.at(0));
        }
        int shown = Math.min(tensor.size(), most);
        text.append("[".repeat(rank));
        for (int i = 0; i < shown; i++) {
            int closed = closed(tensor, i);
            text.append(i == 0 ? "" : "]".repeat(closed) + ", " + "[".repeat(closed))
                    .append(number.apply(tensor.at(i)));
        }
        return text.append(shown < tensor.size() ? more : "").append("]".repeat(rank)).toString();
    }

    /** How many brackets close before an element: one for each inner axis that begins again there. */
    private static int closed(Tensor tensor, int index) {
        int closed = 0;
        for (int axis = tensor.shape().rank() - 1; axis > 0 && index % (tensor.shape().stride(axis - 1)) == 0; axis--) {
            closed++;
        }
        return closed;
    }
}
