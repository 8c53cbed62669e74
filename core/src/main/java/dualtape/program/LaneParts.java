package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parts in which a long body of a loop on vectors is written. */
final class LaneParts {
    /** Values that a part may be given: a method has 255 arguments at the most. */
    static final int ARGUMENTS = 70;
    /** Elementary operations of a part: each is some ten instructions of the JVM, and many for its compilers. */
    private static final int WORK = 30;
    /** Bodies up to this stay in one piece. */
    private static final int LONG = 100;
    /** What a loop counts, which is a method of its own. */
    private static final int LOOP = 20;

    private LaneParts() {}

    /** The nodes of a graph, cut where a part is long enough; in one piece if they are not many. */
    static List<List<Node>> of(Graph graph) {
        List<List<Node>> parts = new ArrayList<>();
        List<Node> part = new ArrayList<>();
        long work = 0;
        long all = 0;
        for (Node node : graph.nodes()) {
            boolean first = node instanceof Node.Result result && result.index() == 0;
            long more = first ? work(((Node.Result) node).application()) : 0;
            if (first && work + more > WORK && work > 0) {
                parts.add(part);
                part = new ArrayList<>();
                work = 0;
            }
            part.add(node);
            work += more;
            all += more;
        }
        parts.add(part);
        return all <= LONG ? List.of(List.copyOf(graph.nodes())) : parts;
    }

    private static long work(Application application) {
        long work = application.op().work(application.operandShapes());
        return application.op() instanceof Scan ? Math.min(work, LOOP) : work;
    }

    /** What a part makes: constants, and all results of the applications whose first results are in it. */
    static List<Node> made(List<Node> part) {
        List<Node> made = new ArrayList<>();
        for (Node node : part) {
            if (node instanceof Node.Constant) {
                made.add(node);
            } else if (node instanceof Node.Result result && result.index() == 0) {
                made.addAll(result.application().results());
            }
        }
        return made;
    }

    /** The nodes from which a part makes others. */
    static Set<Node> used(List<Node> part) {
        Set<Node> used = new LinkedHashSet<>();
        for (Node node : part) {
            if (node instanceof Node.Result result && result.index() == 0) {
                used.addAll(result.application().operands());
            }
        }
        made(part).forEach(used::remove);
        return used;
    }

    /** What part i makes and others need. */
    static List<Node> wanted(Graph graph, List<List<Node>> parts, int i) {
        Set<Node> later = new HashSet<>(graph.outputs());
        parts.subList(i + 1, parts.size()).forEach(part -> later.addAll(used(part)));
        return made(parts.get(i)).stream().filter(later::contains).toList();
    }
}
