package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.control.Scan;
import dualtape.engine.DerivingEngine;
import dualtape.engine.EdgeHit;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is hit, wrong or not finite within loops and branches is named, not the loop. */
class InsideTest {
    private static final List<DerivingEngine> MODES = List.of(Engines.forward(), Engines.reverse());

    private static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }

    private static Traced traced(Function<GraphBuilder, Node> f, Point at) {
        GraphBuilder builder = GraphBuilder.asWritten();
        return Source.of("f", builder.graph(f.apply(builder))).trace(at);
    }

    /** Σ body(x[k]), in a scan. */
    private static Node scanned(GraphBuilder b, String operation) {
        Node x = b.input("x", Shape.of(3));
        return Control.scan(b, List.of(b.scalar(0)), List.of(x), 3, false, (body, carry, slice) -> new Trip(
                List.of(call(body, "+", carry.get(0), call(body, operation, slice.get(0)))), List.of(), List.of()))
                .carries().get(0);
    }

    /** y <- y - 1 while y > 0; the operation of the last y. */
    private static Node looped(GraphBuilder b, String operation) {
        Node y = b.input("x", Shape.SCALAR);
        return Control.whileLoop(b, List.of(y), (c, carry) -> List.of(call(c, ">", carry.get(0), c.scalar(0.4))),
                (body, carry) -> List.of(call(body, "-", call(body, operation, carry.get(0)), body.scalar(1)))).get(0);
    }

    private static Node branched(GraphBuilder b, String operation) {
        Node x = b.input("x", Shape.SCALAR);
        return Control.cond(b, b.scalar(1), then -> List.of(call(then, operation, x)), otherwise -> List.of(x)).get(0);
    }

    static Stream<Traced> kinks() {
        return Stream.of(traced(b -> scanned(b, "abs"), Point.of("x", new double[] {1, 0, 2})),
                traced(b -> branched(b, "abs"), Point.of("x", 0.0)));
    }

    @ParameterizedTest
    @MethodSource("kinks")
    void edgesWithinBodiesAreReportedOnce(Traced f) {
        Point at = f.graph().inputs().get(0).shape().isScalar() ? Point.of("x", 0.0)
                : Point.of("x", new double[] {1, 0, 2});
        List<EdgeHit> hits = EdgeHit.find(f.graph(), at, List.of("x"), 10);
        assertThat(hits).singleElement().satisfies(hit -> {
            assertThat(hit.application().op().symbol()).isEqualTo("abs");
            assertThat(hit.operands()).containsExactly(0.0);
        });
        assertThat(EdgeHit.find(f.graph(), at, List.of(), 10)).isEmpty();
        for (DerivingEngine engine : MODES) {
            Finding finding = Check.of(engine).run("f", f, at, List.of("x"));
            assertThat(finding.verdict()).isEqualTo(Verdict.AGREE);
            assertThat(finding.count(Judgement.EDGE)).isEqualTo(1);
        }
    }

    /** In every trip the values are those of that trip: 2.5, 1.5, 0.5 are no kinks of relu; 3, 2, 1 are jumps of floor. */
    @Test
    void everyTripOfAWhileIsLookedAt() {
        Traced f = traced(b -> looped(b, "relu"), Point.of("x", 2.5));
        assertThat(EdgeHit.find(f.graph(), Point.of("x", 2.5), List.of("x"), 10))
                .extracting(hit -> hit.application().op().symbol()).doesNotContain("relu");
        Traced g = traced(b -> looped(b, "floor"), Point.of("x", 3.0));
        assertThat(EdgeHit.find(g.graph(), Point.of("x", 3.0), List.of("x"), 10))
                .extracting(hit -> hit.application().op().symbol()).containsOnlyOnce("floor");
    }

    @Test
    void aWrongRuleWithinAScanIsNamed() {
        Point at = Point.of("x", new double[] {1, 0.5, 2});
        Traced f = traced(b -> scanned(b, "sin"), at);
        FaultyOp fault = FaultyOp.of((Op) Operations.find("sin"), 0, RuleFault.FACTOR);
        for (DerivingEngine engine : MODES) {
            Finding finding = Check.of(new FaultyEngine(engine, graph -> planted(graph, fault), plan -> plan)).run("f",
                    f,
                    at, List.of("x"));
            assertThat(finding.verdict()).isEqualTo(Verdict.DISAGREE);
            assertThat(finding.culprits()).singleElement().satisfies(culprit -> {
                assertThat(culprit.kind()).isEqualTo(Culprit.Kind.OPERATION);
                assertThat(culprit.operation()).isEqualTo("sin");
                assertThat(culprit.got()).isEqualTo(2 * culprit.expected());
            });
        }
    }

    /** The fault planted in a graph, and in the scans that it runs. */
    private static Graph planted(Graph graph, FaultyOp fault) {
        GraphBuilder builder = new GraphBuilder() {
            @Override
            public List<Node> apply(Op op, List<Node> operands) {
                return super.apply(op instanceof Scan scan ? new Scan(planted(scan.body(), fault), scan.consts(),
                        scan.carries(), scan.sums(), scan.length(), scan.reverse()) : op, operands);
            }
        };
        List<Node> inputs = new ArrayList<>();
        Graph bare = fault.plantedIn(graph);
        bare.inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        return builder.graph(bare.evaluate(builder, inputs));
    }

    @Test
    void whatMakesANumberThatIsNoneWithinALoopIsNamed() {
        Point at = Point.of("x", new double[] {1, -1, 2});
        Traced f = traced(b -> scanned(b, "log"), at);
        Finding finding = Check.of(Engines.reverse()).run("f", f, at, List.of("x"));
        assertThat(Culprits.maker(f.graph(), Culprit.Kind.NAN_FORWARDS, at, Integer.MAX_VALUE)).satisfies(culprit -> {
            assertThat(culprit.operation()).isEqualTo("log");
            assertThat(culprit.note()).contains("-1");
        });
        assertThat(finding.culprits()).extracting(Culprit::operation).doesNotContain("scan");
    }
}
