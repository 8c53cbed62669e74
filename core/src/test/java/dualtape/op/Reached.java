package dualtape.op;

import dualtape.ir.Application;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What the samples of the catalogue reach: themselves as graphs, and every operation in those and in their derivatives. */
public final class Reached {
    /** An operation and the operands that it was reached with. */
    public record Case(Op op, List<Tensor> operands) {}

    private Reached() {}

    /** The graph of a sample, its operands as inputs. */
    public static Graph graph(Operation operation, Sample sample) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < sample.operands().size(); i++) {
            inputs.add(builder.input("x" + i, sample.operands().get(i).shape()));
        }
        return builder.graph(operation.call(builder, inputs, Attributes.of(operation, sample.attributes())));
    }

    /** The results of an operation. Factors that it is handed are computed anew from the matrix that they stand for. */
    static <N> List<Array<N>> results(NumbersAlgebra<N> a, Op op, List<Array<N>> operands) {
        return a.apply(op, consistent(a, op, operands));
    }

    /** The operands, with factors computed anew from the matrix that they stand for. */
    static <N> List<Array<N>> consistent(NumbersAlgebra<N> a, Op op, List<Array<N>> operands) {
        if (!(op instanceof Factored)) {
            return operands;
        }
        List<Array<N>> consistent = new ArrayList<>(operands);
        consistent.set(1, new Lu().of(a, operands.get(0)));
        return consistent;
    }

    /** Every case reached from the samples of an operation, up to second derivatives. */
    public static Set<Case> cases(Operation operation) {
        Set<Case> cases = new LinkedHashSet<>();
        for (Sample sample : operation.samples()) {
            Graph graph = graph(operation, sample);
            SplittableRandom random = new SplittableRandom(7);
            List<Tensor> dx = sample.operands().stream().map(x -> Witness.direction(random, x)).toList();
            Tensor by = Sample.random(8, -1, 1, graph.output().shape().extents());
            collect(cases, graph, sample.operands());
            for (Graph derivative : List.of(Witness.tangentGraph(graph, dx), Witness.adjointGraph(graph, by, dx))) {
                collect(cases, derivative, sample.operands());
                collect(cases, Witness.tangentGraph(derivative, dx), sample.operands());
                collect(cases,
                        Witness.adjointGraph(derivative, Sample.random(9, -1, 1, derivative.output().shape().extents()),
                                dx),
                        sample.operands());
            }
        }
        return cases;
    }

    private static void collect(Set<Case> cases, Graph graph, List<Tensor> point) {
        NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
        List<Array<Double>> values = Chain.values(doubles, graph, point.stream().map(doubles::constant).toList());
        for (Application application : graph.applications()) {
            cases.add(new Case(application.op(), application.operands().stream()
                    .map(node -> values.get(graph.position(node)).toTensor(v -> v)).toList()));
        }
    }
}
