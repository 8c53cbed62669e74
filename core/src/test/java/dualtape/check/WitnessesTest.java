package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.InputException;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.lang.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessesTest {
    private static final Point V = Point.of("x", 1.0);

    private static Traced trace(String program, double x) {
        return Language.parse(program).trace(Point.of("x", x));
    }

    private static Estimate first(String witness, String program, double x) {
        return Witnesses.named(java.util.List.of(witness)).get(0).first(trace(program, x), Point.of("x", x), V);
    }

    @ParameterizedTest
    @CsvSource({"exp(x), 0.7", "sin(exp(x)), 3", "log(x) * sqrt(x), 2", "tanh(x) / x, 0.3", "erf(x)^2, 0.8",
        "lgamma(x), 4.5",
        "x^5 - 3 * x, 1.25", "atan(x) * exp(-x^2), 0.9", "cos(x) / (1 + x^2), -2"})
    void allAgreeWithinTheirOwnErrors(String program, double x) {
        double expected = first("decimals", program, x).values()[0];
        for (Witness witness : Witnesses.all()) {
            Estimate estimate = witness.first(trace(program, x), Point.of("x", x), V);
            assertThat(estimate.doubts()[0]).as(witness.name()).isNull();
            assertThat(Math.abs(estimate.values()[0] - expected)).as(witness.name())
                    .isLessThanOrEqualTo(estimate.errors()[0] + 2 * Math.ulp(expected));
            assertThat(estimate.errors()[0]).as(witness.name()).isLessThan(1e-8 * Math.abs(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"sin(x), -0.479425538604203", "exp(2 * x), 10.87312731383618", "x^3, 3"})
    void secondDerivatives(String program, double expected) {
        Point at = Point.of("x", 0.5);
        for (Witness witness : Witnesses.all()) {
            Estimate estimate = witness.second(trace(program, 0.5), at, V, V);
            if (estimate.doubts()[0] == null) {
                assertThat(estimate.values()[0]).as(witness.name()).isCloseTo(expected,
                        org.assertj.core.data.Offset.offset(1e-13 * Math.abs(expected)));
            }
        }
        assertThat(new Decimals().second(trace(program, 0.5), at, V, V).isDoubt()).isFalse();
        assertThat(new Structures().second(trace(program, 0.5), at, V, V).isDoubt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"abs(x); 0", "relu(x - 1); 1", "max(x, x^2); 1", "where(x > 0, x, -x); 0",
        "norm([x, 2 * x]); 0", "if x > 1 { x^2 } else { x }; 1", "floor(x); 2", "sqrt(x); 0", "cbrt(x); 0"})
    void decimalsDoubtAtEdges(String program, double x) {
        assertThat(first("decimals", program, x).doubts()[0]).as(program).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';',
            value = {"abs(x)^2; 0", "x * abs(x); 0", "sigmoid(x); 0", "relu(x) - relu(-x); 0", "x^2; 0",
                "sum(abs([x, x + 1])); 1"})
    void whatIsSmoothInSpiteOfItsPartsIsToldFromAKink(String program, double x) {
        Estimate estimate = first("decimals", program, x);
        assertThat(estimate.doubts()[0]).as(program).isNull();
        assertThat(estimate.errors()[0]).isLessThan(1e-9);
    }

    @Test
    void theCurvatureOfAKinkedSlopeIsDoubted() {
        for (String program : java.util.List.of("x * abs(x)", "relu(x)")) {
            Estimate estimate = new Decimals().second(trace(program, 0), Point.of("x", 0.0), V, V);
            assertThat(estimate.isDoubt()).as(program + " " + java.util.Arrays.toString(estimate.values())).isTrue();
        }
        assertThat(new Decimals().second(trace("sigmoid(x)", 0), Point.of("x", 0.0), V, V).isDoubt()).isFalse();
    }

    @Test
    void whatIsDetachedStandsStill() {
        for (Witness witness : Witnesses.all()) {
            Estimate estimate = witness.first(trace("detach(x^2) * x", 3), Point.of("x", 3.0), V);
            assertThat(estimate.values()[0]).as(witness.name()).isCloseTo(9, org.assertj.core.data.Offset.offset(1e-9));
        }
    }

    @Test
    void structuresAreKnownToBeWrongAtPowersOfZero() {
        assertThat(first("structures", "x^0", 0).isDoubt()).isTrue();
        assertThat(first("structures", "abs(x)", 0).isDoubt()).isTrue();
    }

    /** One start of three would be lost. */
    @Test
    void threeStartsFindWhatOneMisses() {
        Estimate estimate = Ridders.first(t -> new double[] {Math.sin(Math.exp(5 + t))}, 5);
        double expected = Math.cos(Math.exp(5)) * Math.exp(5);
        assertThat(Math.abs(estimate.values()[0] - expected)).isLessThan(1e-8 * Math.abs(expected));
    }

    @Test
    void anUnknownWitnessIsRefused() {
        assertThatThrownBy(() -> Witnesses.named(java.util.List.of("oracle"))).isInstanceOf(InputException.class)
                .hasMessageContaining("decimals, complex, structures, ridders");
    }
}
