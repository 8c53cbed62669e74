package dualtape.control;

import dualtape.ir.Bodied;
import dualtape.ir.Kernel;

/** A branch over doubles. */
final class CondKernel implements Kernel {
    private final Bodied.Body then;
    private final Bodied.Body otherwise;
    private final int inputs;
    private final int outputs;

    CondKernel(Cond cond, Bodied.Body then, Bodied.Body otherwise) {
        this.then = then;
        this.otherwise = otherwise;
        this.inputs = cond.then().inputs().size();
        this.outputs = cond.then().outputs().size();
    }

    @Override
    public Kernel instance() {
        Bodied.Runner yes = then.runner();
        Bodied.Runner no = otherwise.runner();
        return (x, xAt, y, yAt) -> {
            Bodied.Runner branch = x[0][xAt[0]] != 0 ? yes : no;
            for (int i = 0; i < inputs; i++) {
                branch.bind(i, x[1 + i], xAt[1 + i]);
            }
            branch.run();
            for (int j = 0; j < outputs; j++) {
                branch.copy(j, y[j], yAt[j]);
            }
        };
    }

    @Override
    public long held() {
        return then.doubles() + otherwise.doubles();
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        instance().run(x, xAt, y, yAt);
    }
}
