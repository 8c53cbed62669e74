package dualtape.engine;

/** Central {@link Differences} by single elements of the selected inputs, in the memory of one thread. */
final class Slopes {
    private final Layout inputs;
    private final Layout derivatives;
    private final int[] positions;
    private final Shifted shifted;
    private final Differences differences;
    private final double[] unit;
    private final double[] other;
    /** The slopes of the result's elements, after {@link #by}. */
    final double[] column;
    /** Their estimated errors; of a second derivative the first. */
    final double[] uncertainty;

    Slopes(Selection selection, Shifted shifted) {
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.positions = derivatives.names().stream().mapToInt(selection::index).toArray();
        this.shifted = shifted;
        this.differences = new Differences(shifted, selection.rows());
        this.unit = new double[inputs.size()];
        this.other = new double[inputs.size()];
        this.column = new double[selection.rows()];
        this.uncertainty = new double[Math.max(1, column.length)];
    }

    Shifted shifted() {
        return shifted;
    }

    /** From now on around this point. */
    void around(double[] x) {
        differences.around(x);
    }

    /** The value at the point. */
    void value(double[] value) {
        differences.value(value);
    }

    /** The slopes by element k. */
    void by(int k) {
        int at = flat(k);
        unit[at] = 1;
        try {
            differences.first(unit, column, uncertainty);
        } finally {
            unit[at] = 0;
        }
    }

    /** The second derivative by elements k and j of a scalar function. */
    double by(int k, int j) {
        int at = flat(k);
        int beside = flat(j);
        unit[at] = 1;
        other[beside] = 1;
        try {
            return differences.second(unit, other, uncertainty);
        } finally {
            unit[at] = 0;
            other[beside] = 0;
        }
    }

    /** The flat position among all inputs of element k of the selected ones. */
    private int flat(int k) {
        int i = derivatives.part(k);
        return inputs.offset(positions[i]) + k - derivatives.offset(i);
    }
}
