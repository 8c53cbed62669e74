package dualtape.control;

import dualtape.ir.Bodied;
import dualtape.ir.Kernel;

/** A body run once. */
record CallKernel(Bodied.Body body, int inputs, int outputs) implements Kernel {
    @Override
    public Kernel instance() {
        Bodied.Runner runner = body.runner();
        return (x, xAt, y, yAt) -> {
            for (int i = 0; i < inputs; i++) {
                runner.bind(i, x[i], xAt[i]);
            }
            runner.run();
            for (int j = 0; j < outputs; j++) {
                runner.copy(j, y[j], yAt[j]);
            }
        };
    }

    @Override
    public long held() {
        return body.doubles();
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        instance().run(x, xAt, y, yAt);
    }
}
