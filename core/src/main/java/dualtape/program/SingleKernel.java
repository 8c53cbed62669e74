package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Kernel;
import dualtape.ir.Pointwise;
import dualtape.op.Arithmetic;
import java.util.Map;

/** Arithmetic on single numbers: there before anything is generated, since it is most of what a program of single numbers does. */
final class SingleKernel implements Kernel {
    private static final int ADD = 0;
    private static final int SUBTRACT = 1;
    private static final int MULTIPLY = 2;
    private static final int SCALE = 3;
    private static final int NEGATE = 4;
    private static final Map<Pointwise, SingleKernel> KERNELS = Map.of(ChainRule.ADD, new SingleKernel(ADD),
            Arithmetic.SUBTRACT, new SingleKernel(SUBTRACT), Arithmetic.MULTIPLY, new SingleKernel(MULTIPLY),
            ChainRule.PLAIN, new SingleKernel(MULTIPLY), ChainRule.SCALE, new SingleKernel(SCALE),
            Arithmetic.NEGATE, new SingleKernel(NEGATE));

    private final int what;

    private SingleKernel(int what) {
        this.what = what;
    }

    /** The kernel of an operation on single numbers, null if it is not one of these. */
    static Kernel of(Pointwise op) {
        return KERNELS.get(op);
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        double a = x[0][xAt[0]];
        double result;
        switch (what) {
            case ADD -> result = a + x[1][xAt[1]];
            case SUBTRACT -> result = a - x[1][xAt[1]];
            case MULTIPLY -> result = a * x[1][xAt[1]];
            case SCALE -> result = Generated.scale(a, x[1][xAt[1]]);
            default -> result = -a;
        }
        y[0][yAt[0]] = result;
    }
}
