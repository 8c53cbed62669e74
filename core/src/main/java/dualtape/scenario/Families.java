package dualtape.scenario;

import dualtape.engine.Source;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Arithmetic;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.List;

/** Functions that grow with a number n: what growth studies run on. */
public final class Families {
    private Families() {}

    /**
     * A chain of n links of one scalar input "x": x ← sin(x), alternating with x ← asin(x), one application each, so that
     * neither the value nor the derivative fades, however long it is. |x| &lt; π/2.
     */
    public static Source chain(int n) {
        GraphBuilder builder = GraphBuilder.asWritten();
        Node x = builder.input("x", Shape.SCALAR);
        for (int i = 0; i < n; i++) {
            x = Operations.find(i % 2 == 0 ? "sin" : "asin").call(builder, List.of(x));
        }
        return Source.of("a chain of " + n + " operations", builder.graph(x));
    }

    /** One output of n scalar inputs "x0", "x1", …: a sum of products of neighbours, 2n operations. */
    public static Source inputs(int n) {
        GraphBuilder builder = GraphBuilder.asWritten();
        List<Node> x = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            x.add(builder.input("x" + i, Shape.SCALAR));
        }
        Node sum = builder.scalar(0);
        for (int i = 0; i < n; i++) {
            sum = builder.add(sum, Arithmetic.MULTIPLY.of(builder, x.get(i), x.get((i + 1) % n)));
        }
        return Source.of("one output of " + n + " inputs", builder.graph(sum));
    }
}
