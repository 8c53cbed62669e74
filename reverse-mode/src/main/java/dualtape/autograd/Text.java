package dualtape.autograd;

import dualtape.ir.Numerals;
import dualtape.ir.Tensor;

/** Values as they are printed: {@code [0, 4, 8, 12]}, long ones cut. */
final class Text {
    private static final int SHOWN = 1_000;

    private Text() {}

    static String of(Tensor tensor) {
        StringBuilder text = new StringBuilder();
        int[] extents = new int[tensor.shape().rank()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = tensor.shape().extent(i);
        }
        int shown = Math.min(tensor.size(), SHOWN);
        for (int k = 0; k < shown; k++) {
            int opening = 0;
            for (int axis = extents.length - 1, block = 1; axis >= 0; axis--) {
                block *= extents[axis];
                opening += k % block == 0 ? 1 : 0;
            }
            text.append(k == 0 ? "" : opening > 0 ? "]".repeat(opening) + ", " : ", ").append("[".repeat(opening))
                    .append(Numerals.text(tensor.at(k)));
        }
        if (shown < tensor.size()) {
            return text.append(", ... ").append(tensor.size()).append(" in all").toString();
        }
        return tensor.size() == 0 ? "[]" : text.append("]".repeat(extents.length)).toString();
    }
}
