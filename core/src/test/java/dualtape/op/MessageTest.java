package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operation says to operands that do not fit: given, expected, the mend. */
class MessageTest {
    private static final Map<String, Double> NONE = Map.of();

    static Stream<Arguments> messages() {
        return Stream.of(
                row("*", NONE, "* works element by element: the shapes [2] and [3] do not fit; "
                        + "aligned at the last axis, extents must be equal, or one of them 1", shape(2), shape(3)),
                row("matmul", NONE, "matmul: the left operand has shape [3, 2] and the right one [3]; "
                        + "the inner extents 2 and 3 differ; transpose(X) @ y would fit", shape(3, 2), shape(3)),
                row("@", NONE, "@: the left operand has shape [2] and the right one [3, 2]; "
                        + "the inner extents 2 and 3 differ; X @ transpose(y) would fit", shape(2), shape(3, 2)),
                row("@", NONE, "@: the left operand has shape [2, 3] and the right one [4, 5]; "
                        + "the inner extents 3 and 4 differ", shape(2, 3), shape(4, 5)),
                row("@", NONE,
                        "@: the left operand has shape [] and the right one [3]; for a product with a scalar write *",
                        shape(), shape(3)),
                row("dot", NONE, "dot takes two vectors of one length, got the shapes [2] and [3]", shape(2), shape(3)),
                row("dot", NONE, "dot takes two vectors of one length, got the shapes [2, 2] and [2, 2]; "
                        + "sum(x * y) sums all products", shape(2, 2), shape(2, 2)),
                row("sum", Map.of("axis", 2.0), "sum: there is no axis 2 in the shape [2, 3]; "
                        + "axis is one of 0 to 1, or -1 to -2 counted from the last", shape(2, 3)),
                row("softmax", Map.of("axis", 0.0),
                        "softmax: there is no axis 0 in the shape [], a scalar; leave axis out",
                        shape()),
                row("max", NONE, "max needs at least one element, got the shape [0]", shape(0)),
                row("max", Map.of("axis", 0.0), "max of two operands works element by element and has no axis; "
                        + "for an axis of each: max(max(x, axis=...), max(y, axis=...))", shape(2), shape(2)),
                row("slice", Map.of("from", 1.0, "to", 5.0), "slice 1:5 does not fit axis 0 of the shape [3]; "
                        + "0 <= from <= to <= 3", shape(3)),
                row("reshape", Map.of("shape.0", 4.0), "reshape: [2, 3] has 6 elements, [4] has 4", shape(2, 3)),
                row("stack", NONE, "stack needs operands of one shape, got [] first and [2] at position 1", shape(),
                        shape(2)),
                row("concat", NONE,
                        "concat along axis 0 needs equal extents on all other axes, got [2, 3] first and [2, 4] "
                                + "at position 1",
                        shape(2, 3), shape(2, 4)),
                row("polygamma", Map.of("n", -1.0), "polygamma: n must be 0 or more, got -1", shape()),
                row("polygamma", Map.of("n", 0.5), "polygamma: n must be an integer, got 0.5", shape()),
                row("polygamma", NONE, "polygamma needs n=..., as in polygamma(n, x)", shape()),
                row("broadcast", Map.of("shape.0", 2.0, "shape.1", 3.0),
                        "broadcast: the shape [2] does not fit into [2, 3]; "
                                + "aligned at the last axis, its extents must be equal or 1",
                        shape(2)),
                row("norm", Map.of("ord", 0.5), "norm: ord must be 1 or more, or inf, got 0.5", shape(2)),
                row("norm", Map.of("ord", Double.NaN), "norm: ord must be 1 or more, or inf, got nan", shape(2)),
                row("norm", Map.of("axis", 0.5), "norm: axis must be an integer, got 0.5", shape(2)),
                row("argmax", NONE, "argmax needs at least one element, got the shape [0]", shape(0)),
                row("gather", NONE, "gather takes elements of an axis; a scalar has none", shape(), shape(2)),
                row("scatter_add", Map.of("extent", 3.0), "scatter_add: x has the shape [2, 3] and the index [3]; "
                        + "the axes of x from axis 0 on must be those of the index", shape(2, 3), shape(3)),
                row("permute", Map.of("axes.0", 0.0, "axes.1", 0.0),
                        "permute: axes=[0, 0] must name each of the 2 axes "
                                + "of the shape [2, 3] once",
                        shape(2, 3)),
                row("repeat", NONE, "repeat needs repeats=..., as in repeat(x, repeats=..., axis=none)", shape(2)),
                row("repeat", Map.of("repeats", -1.0), "repeat: repeats must be 0 or more, got -1", shape(2)),
                row("conv1d", NONE, "conv1d: a window of shape [3] does not fit into the shape [2]", shape(2),
                        shape(3)),
                row("conv2d", NONE, "conv2d takes two matrices, got the shapes [2] and [3]", shape(2), shape(3)),
                row("cross_entropy", NONE,
                        "cross_entropy: x has the shape [2, 3] and the target [3]; the target has the "
                                + "shape of x, with probabilities, or [2], with indices of classes",
                        shape(2, 3), shape(3)),
                row("cross_entropy", NONE, "cross_entropy: x has the shape [] and the target []; x needs an axis of "
                        + "classes", shape(), shape()),
                row("det", NONE, "det takes a square matrix, got the shape [2, 3]", shape(2, 3)),
                row("inv", NONE, "inv takes a square matrix, got the shape []; [[x]] makes a matrix of a scalar",
                        shape()),
                row("solve", NONE, "solve takes a square matrix, got the shape [3, 2]; "
                        + "solve(transpose(A) @ A, transpose(A) @ b) is the least squares solution", shape(3, 2),
                        shape(3)),
                row("solve", NONE, "solve: the matrix has shape [3, 3] and the right side [2]; "
                        + "the right side is a vector of 3 or a matrix of 3 rows", shape(3, 3), shape(2)),
                row("solve", NONE, "solve: the matrix has shape [3, 3] and the right side [2, 3]; the right side "
                        + "is a vector of 3 or a matrix of 3 rows; transpose(b) would fit", shape(3, 3), shape(2, 3)),
                row("solve", Map.of("transposed", 2.0), "solve: transposed is 0 or 1, got 2", shape(3, 3), shape(3)),
                row("triangular_solve", NONE, "triangular_solve takes a square matrix, got the shape [2]", shape(2),
                        shape(2)),
                row("cholesky", NONE, "cholesky takes a square matrix, got the shape [2, 3]", shape(2, 3)),
                row("cofactor", NONE, "cofactor takes directions of the shape of the matrix, [2, 2], got [2]",
                        shape(2, 2), shape(2)),
                row("trace", NONE, "trace takes a matrix, got the shape [3]; sum(x) adds up a vector", shape(3)),
                row("diag", NONE, "diag takes a matrix or a vector, got the shape []", shape()),
                row("tril", NONE, "tril takes a matrix, got the shape [3]", shape(3)),
                row("quad_form", NONE,
                        "quad_form takes a vector of n and an n×n matrix, got the shapes [2, 2] and [2]; "
                                + "the vector comes first",
                        shape(2, 2), shape(2)),
                row("sum", Map.of("along", 0.0), "sum has no attribute \"along\"; it is called as sum(x, axis=none)",
                        shape()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void saysWhatWasGivenAndTheMend(String name, Map<String, Double> attributes, String message, List<Shape> shapes) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> operands = new ArrayList<>();
        shapes.forEach(shape -> operands.add(builder.input("x" + operands.size(), shape)));
        Operation operation = Operations.find(name);
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> operation.call(builder, operands, Attributes.of(operation, attributes))).getMessage());
    }

    private static Shape shape(int... extents) {
        return Shape.of(extents);
    }

    private static Arguments row(String name, Map<String, Double> attributes, String message, Shape... shapes) {
        return Arguments.of(name, attributes, message, List.of(shapes));
    }
}
