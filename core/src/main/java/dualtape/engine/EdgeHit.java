package dualtape.engine;

import dualtape.ir.Application;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Graph;
import java.util.List;

/**
 * An edge that an evaluation hits: where a derivative is a convention.
 *
 * @param application what was evaluated
 * @param edge which of its edges
 * @param element the flat index of the first element there
 * @param operands the operands' values at that element, where they have as many; else their first elements
 */
public record EdgeHit(Application application, Edge edge, int element, List<Double> operands) {
    /**
     * The edges that an evaluation of a graph at a point hits, in the order in which it runs, at most {@code most}. Only
     * operations on which some of the inputs {@code wrt} bear count, conditions among them. Within loops and branches it is the
     * first trip that counts, of those that are looked at.
     */
    public static List<EdgeHit> find(Graph graph, Point at, List<String> wrt, int most) {
        return EdgeSearch.of(graph, at, wrt, most);
    }

    /** As in {@code abs at program:1:1, kink at x = 0: slope 0}. */
    public String text(Conventions conventions) {
        String where = application.origin() == null ? "" : " at " + application.origin();
        return application.op().symbol() + where + ", " + edge.kind().name().toLowerCase(java.util.Locale.ROOT) + " at "
                + edge.where() + ": " + edge.used(conventions);
    }
}
