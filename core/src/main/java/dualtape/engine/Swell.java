package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.math.BigInteger;
import java.util.List;

/**
 * How much larger an expression is written out than shared: the number of operations in the tree of its outputs against
 * the number of applications in the graph.
 *
 * @param tree operations when every use is written out; exact up to 2⁴⁰⁹⁶, where counting stops
 * @param shared applications when every common part is written once
 */
public record Swell(BigInteger tree, long shared) {
    private static final BigInteger MOST = BigInteger.TWO.pow(4096);

    /** The swell of some nodes of a graph. */
    public static Swell of(Graph graph, List<Node> outputs) {
        BigInteger[] size = new BigInteger[graph.nodes().size()];
        boolean[] reached = new boolean[size.length];
        outputs.forEach(output -> reached[graph.position(output)] = true);
        long shared = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            if (reached[i] && graph.nodes().get(i) instanceof Node.Result result) {
                shared++;
                result.application().operands().forEach(operand -> reached[graph.position(operand)] = true);
            }
        }
        for (int i = 0; i < size.length; i++) {
            size[i] = BigInteger.ZERO;
            if (reached[i] && graph.nodes().get(i) instanceof Node.Result result) {
                BigInteger sum = BigInteger.ONE;
                for (Node operand : result.application().operands()) {
                    sum = sum.add(size[graph.position(operand)]).min(MOST);
                }
                size[i] = sum;
            }
        }
        BigInteger tree = BigInteger.ZERO;
        for (Node output : outputs) {
            tree = tree.add(size[graph.position(output)]);
        }
        return new Swell(tree, shared);
    }
}
