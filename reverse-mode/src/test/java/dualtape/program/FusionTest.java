package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Operations;
import dualtape.op.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }

    /** The small group reads its own result through a reshape; it is not worth a loop, beside a large one that is. */
    @Test
    void aGroupThatIsNoLoopStillReadsThroughViews() {
        GraphBuilder b = new GraphBuilder();
        Node small = b.input("small", Shape.of(2, 3));
        Node large = b.input("large", Shape.of(1000));
        Node squares = call(b, "*", small, small);
        Node flat = call(b, "+", Structure.reshape(b, Structure.reshape(b, squares, Shape.of(3, 2)), Shape.of(6)),
                b.fill(1, Shape.of(6)));
        Graph graph = b.graph(List.of(call(b, "sum", call(b, "exp", call(b, "*", large, large))), flat));
        Workspace workspace = Program.of(graph).workspace();
        workspace.bind(0, Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
        workspace.bind(1, Tensor.uniform(0, Shape.of(1000)));
        workspace.run();
        assertEquals(Tensor.vector(2, 5, 10, 17, 26, 37), workspace.tensor(1));
        assertEquals(1000, workspace.scalar(0));
    }
}
