package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.op.Gathering;
import dualtape.op.Reduction;
import dualtape.op.Structure;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What part an application can take in a fused loop. */
final class Roles {
    /** Elements from which on a kernel of its own pays. */
    private static final int VECTORS = 12;

    /** Elements read at indices for which a kernel of its own does not pay. */
    private static final int FEW = 16;

    private final Set<Shape> rowShapes = new HashSet<>();
    private final Set<Integer> rowCounts = new HashSet<>();
    private final Map<Node, Node> sources = new IdentityHashMap<>();

    /**
     * A part.
     *
     * @param rows the trips of a loop over rows, 0 for a loop over elements
     * @param wholes how many of the first operands each trip reads as a whole; of the others it reads an element or a row
     * @param sums how many of the first results are sums over the trips
     */
    record Role(int rows, int wholes, int sums) {
        private static Role of(int rows, boolean elementwise, boolean sum) {
            return new Role(rows, elementwise ? 0 : 1, sum ? 1 : 0);
        }

        boolean elementwise(int operand) {
            return operand >= wholes;
        }

        boolean sum(int result) {
            return result < sums;
        }

        boolean byRow() {
            return rows > 0;
        }
    }

    Roles(Graph graph) {
        for (Application application : graph.applications()) {
            Shape many = null;
            if (application.op() instanceof Structure.Spread) {
                many = application.results().get(0).shape();
            } else if (application.op() instanceof Reduction.Sum) {
                many = application.operands().get(0).shape();
            } else if (application.op() instanceof Structure.Reshape) {
                Node shown = application.operands().get(0);
                sources.put(application.results().get(0), sources.getOrDefault(shown, shown));
            }
            if (application.op() instanceof Scan scan && fusible(scan)) {
                rowCounts.add(scan.length());
            }
            if (many != null && many.rank() > 1 && many.size() > 1) {
                rowShapes.add(many);
                rowCounts.add(many.extent(0));
            }
        }
    }

    private static boolean fusible(Scan scan) {
        return scan.carries() == 0 && scan.length() > 1;
    }

    /** The role of an application, null if it has none. */
    Role of(Application application) {
        if (application.op() instanceof Scan scan) {
            return fusible(scan) ? new Role(scan.length(), scan.consts(), scan.sums()) : null;
        }
        Shape result = application.results().get(0).shape();
        if (application.op() instanceof Pointwise op) {
            return result.size() > 1 && !vectors(op, result) ? Role.of(rows(result), true, false) : null;
        } else if (application.op() instanceof Structure.Broadcast) {
            return result.size() > 1 ? Role.of(rows(result), false, false) : null;
        } else if (application.op() instanceof Structure.Spread spread && result.size() > 1) {
            return Role.of(rows(result), spread.axis() > 0, false);
        }
        if (application.op() instanceof Gathering.Gather) {
            Shape from = application.operands().get(0).shape();
            return from.rank() == 1 && from.size() > 1 && result.size() > 1 && result.size() <= FEW
                    ? Role.of(rows(result), false, false) : null;
        }
        Shape operand = application.operands().isEmpty() ? Shape.SCALAR : application.operands().get(0).shape();
        if (operand.size() <= 1) {
            return null;
        }
        boolean all = application.op() instanceof Reduction.SumAll
                || application.op() instanceof Reduction.Sum && operand.rank() == 1;
        if (all) {
            return rowShapes.contains(operand) ? null : Role.of(rows(operand), true, true);
        }
        return application.op() instanceof Reduction.Sum sum && result.size() > 0
                ? Role.of(operand.extent(0), true, sum.axis() == 0)
                : null;
    }

    /**
     * Whether an operation runs alone: one of the functions whose kernel takes vectors, on so many elements that this saves more than
     * a loop of its own costs. In a fused loop it would take one element at a time.
     */
    private static boolean vectors(Pointwise op, Shape result) {
        return result.size() >= VECTORS && op.kernel(List.of(result)) != null;
    }

    /** The trips of a loop over the rows of a tensor of this shape, 0 where its elements need no rows. */
    private int rows(Shape shape) {
        boolean row = rowShapes.contains(shape) || shape.rank() == 1 && rowCounts.contains(shape.extent(0));
        return row ? shape.extent(0) : 0;
    }

    /** The node whose elements are read: in a loop over elements the shape does not matter. */
    Node source(Node operand, Role role) {
        return role.byRow() ? operand : sources.getOrDefault(operand, operand);
    }

    /** The trips of the loop in which an application takes this part. */
    int size(Role role, Application application) {
        if (role.byRow()) {
            return role.rows();
        }
        Shape shape = role.sum(0) ? application.operands().get(0).shape() : application.results().get(0).shape();
        return shape.size();
    }

    int size(Fusion.Group group) {
        Application first = group.applications().get(0);
        return size(of(first), first);
    }
}
