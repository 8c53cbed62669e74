package dualtape.control;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds loops and branches. Bodies are written as functions on nodes of a builder of their own; nodes of the builders around
 * them may be used freely and become constants of the loop.
 */
public final class Control {
    private Control() {}

    /**
     * What one trip of a scan gives.
     *
     * @param carries the next carries
     * @param sums terms to be added up over the trips
     * @param stacks elements to be stacked
     */
    public record Trip(List<Node> carries, List<Node> sums, List<Node> stacks) {}

    /** One trip of a scan. */
    public interface ScanBody {
        /** From carries and one slice of each sequence. */
        Trip trip(GraphBuilder b, List<Node> carries, List<Node> slices);
    }

    /** One trip of a while, or a condition (one node), on carries. */
    public interface Step {
        /** From carries. */
        List<Node> of(GraphBuilder b, List<Node> carries);
    }

    /** One element of a map. */
    public interface Element {
        /** From one slice of each sequence. */
        List<Node> of(GraphBuilder b, List<Node> slices);
    }

    /** A branch. */
    public interface Branch {
        /** Its results. */
        List<Node> of(GraphBuilder b);
    }

    /**
     * A loop of {@code length} trips.
     *
     * @param carries initial values
     * @param sequences tensors whose first axis is as long as the loop
     * @param reverse whether trips run from the last slice to the first
     * @return last carries, sums, stacks
     * @throws dualtape.ir.ShapeException if a carry changes its shape, or a sequence has another length
     */
    public static Trip scan(GraphBuilder outer, List<Node> carries, List<Node> sequences, int length, boolean reverse,
            ScanBody body) {
        BodyBuilder builder = new BodyBuilder(outer);
        List<Node> carried = builder.inputs("carry", carries.stream().map(Node::shape).toList());
        List<Node> slices = builder.inputs("slice", sequences.stream().map(s -> slice(s, length)).toList());
        Trip trip = body.trip(builder, carried, slices);
        List<Node> outputs = builder.own(trip.carries(), trip.sums(), trip.stacks());
        List<Node> captured = builder.captured();
        Graph graph = builder.graph(captured, outputs);
        Scan scan = new Scan(graph, captured.size(), carries.size(), trip.sums().size(), length, reverse);
        List<Node> operands = new ArrayList<>(captured);
        operands.addAll(carries);
        operands.addAll(sequences);
        List<Node> results = outer.apply(scan, operands);
        int c = carries.size();
        int s = c + trip.sums().size();
        return new Trip(results.subList(0, c), results.subList(c, s), results.subList(s, results.size()));
    }

    private static Shape slice(Node sequence, int length) {
        Shape shape = sequence.shape();
        if (shape.isScalar() || shape.extent(0) != length) {
            throw new dualtape.ir.ShapeException(
                    "a loop of " + length + " trips needs sequences whose first axis is as "
                            + "long, got the shape " + shape);
        }
        return shape.without(0);
    }

    /** The results of {@code element} for each slice, stacked: a scan without carries. */
    public static List<Node> map(GraphBuilder outer, List<Node> sequences, int length, Element element) {
        return scan(outer, List.of(), sequences, length, false,
                (b, carries, slices) -> new Trip(List.of(), List.of(), element.of(b, slices))).stacks();
    }

    /** The sums of the results of {@code element} over all slices. */
    public static List<Node> mapSum(GraphBuilder outer, List<Node> sequences, int length, Element element) {
        return scan(outer, List.of(), sequences, length, false,
                (b, carries, slices) -> new Trip(List.of(), element.of(b, slices), List.of())).sums();
    }

    /** A loop that runs while {@code condition} is not zero. Returns the last carries. */
    public static List<Node> whileLoop(GraphBuilder outer, List<Node> carries, Step condition, Step body) {
        List<Shape> shapes = carries.stream().map(Node::shape).toList();
        BodyBuilder steer = new BodyBuilder(outer);
        List<Node> held = steer.own(condition.of(steer, steer.inputs("carry", shapes)));
        BodyBuilder trip = new BodyBuilder(outer);
        List<Node> next = trip.own(body.of(trip, trip.inputs("carry", shapes)));
        List<Node> captured = union(steer.captured(), trip.captured());
        List<Node> operands = new ArrayList<>(captured);
        operands.addAll(carries);
        return outer.apply(new While(steer.graph(captured, held), trip.graph(captured, next), captured.size()),
                operands);
    }

    /** One of two branches, by whether {@code condition} is zero. Returns its results. */
    public static List<Node> cond(GraphBuilder outer, Node condition, Branch then, Branch otherwise) {
        BodyBuilder yes = new BodyBuilder(outer);
        List<Node> taken = yes.own(then.of(yes));
        BodyBuilder no = new BodyBuilder(outer);
        List<Node> other = no.own(otherwise.of(no));
        List<Node> captured = union(yes.captured(), no.captured());
        List<Node> operands = new ArrayList<>();
        operands.add(condition);
        operands.addAll(captured);
        return outer.apply(new Cond(yes.graph(captured, taken), no.graph(captured, other)), operands);
    }

    private static List<Node> union(List<Node> x, List<Node> y) {
        Set<Node> union = new LinkedHashSet<>(x);
        union.addAll(y);
        return List.copyOf(union);
    }
}
