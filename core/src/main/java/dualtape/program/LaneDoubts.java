package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which numbers of a loop's body show whether a product of the chain rule, fused with zero, was NaN: NaN goes on through sums and
 * products, so it is enough to look at what comes of them in the end. A sum over the trips is looked at once, after the loop.
 */
final class LaneDoubts {
    private final Set<Node> looked = new HashSet<>();
    private final Set<Node> doubtful = new HashSet<>();

    /**
     * Of a loop's body, as it is written.
     *
     * @param known what is known of bodies: this is added, and the bodies of loops inside
     */
    LaneDoubts(Scan loop, Graph body, ScanCode.Bodies bodies, Map<Graph, LaneDoubts> known) {
        known.put(body, this);
        Set<Node> passed = new HashSet<>();
        for (Application application : body.applications()) {
            Node result = application.results().get(0);
            if (application.op() instanceof Pointwise op && result.shape().size() == 1) {
                List<Node> operands = application.operands();
                boolean doubts = op == ChainRule.SCALE && operands.stream().noneMatch(LaneDoubts::harmless);
                for (int i = 0; i < operands.size(); i++) {
                    if (doubtful.contains(operands.get(i)) && Doubts.passes(op, i)) {
                        passed.add(operands.get(i));
                        doubts = true;
                    }
                }
                if (doubts) {
                    doubtful.add(result);
                }
            } else if (application.op() instanceof Scan scan) {
                Graph inside = bodies.fused(scan.body());
                LaneDoubts there = known.containsKey(inside) ? known.get(inside)
                        : new LaneDoubts(scan, inside, bodies, known);
                for (int j = scan.carries(); j < scan.carries() + scan.sums(); j++) {
                    if (there.isDoubtful(inside.outputs().get(j))) {
                        doubtful.add(application.results().get(j));
                    }
                }
            }
        }
        List<Node> sums = body.outputs().subList(loop.carries(), loop.carries() + loop.sums());
        for (Node node : doubtful) {
            if (!passed.contains(node) && !sums.contains(node)) {
                looked.add(node);
            }
        }
    }

    private static boolean harmless(Node node) {
        if (!(node instanceof Node.Constant constant) || constant.value().size() != 1) {
            return false;
        }
        double value = constant.value().at(0);
        return value != 0 && Double.isFinite(value);
    }

    /** Whether a number is to be looked at. */
    boolean looks(Node node) {
        return looked.contains(node);
    }

    /** Whether it may be NaN because a product was: whoever adds it up looks at the sum. */
    boolean isDoubtful(Node node) {
        return doubtful.contains(node);
    }
}
