package dualtape.kernel;

/**
 * A method of {@link TensorKernels} with a function, as far as forms are chosen: each task goes over to its vector form by itself. Knows
 * how to run itself on sample data, for warming and for tests.
 */
public enum Task {
    /** {@link TensorKernels#sum}. */
    SUM {
        @Override
        void run(TensorKernels form, Data d, int n) {
            d.y[0] = form.sum(d.x, 0, n, d.p, 0);
        }
    },
    /** {@link TensorKernels#addTo}. */
    ADD_TO {
        @Override
        void run(TensorKernels form, Data d, int n) {
            form.addTo(d.x, 1, d.y, 0, n);
        }
    },
    /** {@link TensorKernels#dot}. */
    DOT {
        @Override
        void run(TensorKernels form, Data d, int n) {
            d.y[0] = form.dot(d.x, 1, d.x, 0, n, d.p, 0);
        }
    },
    /** {@link TensorKernels#max}. */
    MAX {
        @Override
        void run(TensorKernels form, Data d, int n) {
            d.y[0] = form.max(d.x, 0, n);
        }
    },
    /** {@link TensorKernels#addRows}. */
    ADD_ROWS {
        @Override
        void run(TensorKernels form, Data d, int n) {
            int rows = n % 2 == 0 ? 8 : 7;
            form.addRows(rows, n / rows, d.x, 0, d.x, 3, d.y, 0);
        }
    },
    /** {@link TensorKernels#multiply}. */
    MULTIPLY {
        @Override
        void run(TensorKernels form, Data d, int n) {
            form.multiply(product(n), d.x, 0, d.x, 1, d.y, 0, d.w, 0);
        }
    },
    /** {@link TensorKernels#shiftedExp}. */
    SHIFTED_EXP {
        @Override
        void run(TensorKernels form, Data d, int n) {
            form.shiftedExp(d.x, 0, 0.5, d.y, 0, n);
        }
    },
    /** {@link Elementary#LOG}. */
    LOG(Elementary.LOG),
    /** {@link Elementary#TANH}. */
    TANH(Elementary.TANH),
    /** {@link Elementary#SIGMOID}. */
    SIGMOID(Elementary.SIGMOID),
    /** {@link Elementary#SIN}. */
    SIN(Elementary.SIN),
    /** {@link Elementary#COS}. */
    COS(Elementary.COS);

    private final Elementary function;

    Task() {
        this(null);
    }

    Task(Elementary function) {
        this.function = function;
    }

    /** Arrays to run on, and some for results and scratch. */
    record Data(double[] x, double[] y, double[] p, double[] w) {
        static Data of(double[] x) {
            return new Data(x, new double[x.length], new double[PartialSums.WIDTH], new double[8192]);
        }
    }

    /** The task of a function over arrays. */
    public static Task of(Elementary function) {
        for (Task task : values()) {
            if (task.function == function) {
                return task;
            }
        }
        return SHIFTED_EXP;
    }

    /** About how long plain loops take for so many elements. */
    long nanos(long elements) {
        return function != null || this == SHIFTED_EXP ? 8 * elements : elements / 2;
    }

    /**
     * A product of matrices: of one tile or two, or with few columns, if n is small; of two blocks of terms; of some whole tiles, or
     * with edges; of few rows and long ones.
     */
    private static Strides product(int n) {
        if (n % 8 == 0 && n % 64 != 0) {
            return new Strides(n % 16 == 0 ? 3 : 5, 14, 66, 14, 1, 66, 1);
        }
        if (n < 64) {
            return n % 4 == 0 ? new Strides(4, 16, 8, 16, 1, 8, 1)
                    : n % 4 == 1 ? new Strides(5, 13, 8, 1, 5, 1, 13)
                    : new Strides(4, 13, 10, 13, 1, 10, 1);
        }
        if (n == 64) {
            return new Strides(4, Packing.TERMS + 3, 4, Packing.TERMS + 3, 1, 4, 1);
        }
        int k = 5 + n / 40;
        return n % 2 == 0 ? new Strides(32, 32, 32, 32, 1, 32, 1) : new Strides(7, k, 13, 1, 7, 1, k);
    }

    /** Runs this on the first n elements of the data, n from 0 to 1024. */
    void run(TensorKernels form, Data d, int n) {
        form.map(function, d.x, 0, d.y, 0, n);
    }
}
