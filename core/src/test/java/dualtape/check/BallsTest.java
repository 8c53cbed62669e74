package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Sample;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The error bound is a bound, its middle what doubles compute, and it is not loose. */
class BallsTest {
    private static final DecimalNumbers D = DecimalNumbers.digits(50);

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationsRoundingIsInTheBall(Operation operation) {
        boolean tight = false;
        for (Sample sample : operation.samples()) {
            GraphBuilder builder = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            sample.operands().forEach(x -> inputs.add(builder.input("x" + inputs.size(), x.shape())));
            Graph graph = builder.graph(operation.call(builder, inputs, Attributes.of(operation, sample.attributes())));
            Balls balls = new Balls();
            Array<Ball> bounded = graph.evaluate(new NumbersAlgebra<>(balls),
                    sample.operands().stream().map(x -> Array.of(balls, x)).toList()).get(0);
            Array<Dfp> exact = graph.evaluate(new NumbersAlgebra<>(D),
                    sample.operands().stream().map(x -> Array.of(D, x)).toList()).get(0);
            Tensor plain = graph.evaluate(Tensors.INSTANCE, sample.operands()).get(0);
            double largest = java.util.Arrays.stream(plain.toArray()).map(Math::abs).filter(Double::isFinite).max()
                    .orElse(0);
            for (int k = 0; k < plain.size(); k++) {
                Ball ball = bounded.get(k);
                String what = operation.name() + " at " + sample + ", element " + k + ": " + ball;
                double apart = Math.abs(D.toDouble(exact.get(k).subtract(D.of(ball.middle()))));
                assertTrue(!Double.isFinite(plain.at(k)) || apart <= ball.radius(), what + ", off by " + apart);
                assertTrue(!Double.isFinite(plain.at(k)) || Math.abs(plain.at(k) - ball.middle()) <= ball.radius(),
                        what);
                tight |= ball.radius() <= 1e-12 * (1 + largest);
            }
            tight |= plain.size() == 0;
        }
        assertTrue(tight, operation.name() + " is loose everywhere");
    }

    @Test
    void exactSumsAndProductsStayExact() {
        Balls balls = new Balls();
        assertThat(balls.add(Ball.exact(2), Ball.exact(-1))).isEqualTo(Ball.exact(1));
        assertThat(balls.add(Ball.exact(0.1), Ball.exact(0.2)).radius()).isPositive();
        assertThat(balls.multiply(Ball.exact(3), Ball.exact(7))).isEqualTo(Ball.exact(21));
        assertThat(balls.multiply(Ball.exact(0.1), Ball.exact(0.1)).radius()).isPositive();
    }

    @Test
    void aPoleInTheBallIsUnbounded() {
        assertThat(new Balls().divide(Ball.exact(1), new Ball(1e-3, 1e-2)).radius()).isInfinite();
        assertThat(new Balls().log(new Ball(1e-3, 1e-2)).radius()).isInfinite();
    }

    @Test
    void whatIsSelectedByAnUncertainComparisonCoversBothBranches() {
        Balls balls = new Balls();
        Ball condition = balls.less(new Ball(1, 1e-3), new Ball(1.0005, 1e-3));
        assertThat(balls.uncertain()).isEqualTo(1);
        Ball chosen = balls.select(condition, Ball.exact(5), Ball.exact(7));
        assertThat(chosen.middle()).isEqualTo(5);
        assertThat(chosen.high()).isGreaterThanOrEqualTo(7);
        assertThat(balls.select(balls.less(Ball.exact(1), Ball.exact(2)), Ball.exact(5), Ball.exact(7)))
                .isEqualTo(Ball.exact(5));
    }

    @Test
    void aLargeArgumentCarriesItsErrorIntoAPeriodicFunction() {
        double x = 1e10;
        assertThat(new Balls().sin(new Ball(x, Math.ulp(x) / 2)).radius()).isGreaterThan(1e-7);
    }
}
