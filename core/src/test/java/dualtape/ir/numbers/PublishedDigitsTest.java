package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The decimals against published digits, identities and second ways of computing the same. */
class PublishedDigitsTest {
    private static final DecimalNumbers D = DecimalNumbers.digits(50);
    private static final Dfp ONE = D.of(1);
    private static final String[] POINTS = {"1e-30", "0.001", "0.3", "0.75", "1", "1.25", "2", "3.7", "11.1", "42",
        "1000.5"};

    private static Arguments constant(String name, Dfp actual, String digits) {
        return Arguments.of(name, actual, D.parse(digits));
    }

    private static Dfp f(UnaryOperator<Dfp> function, String x) {
        return function.apply(D.parse(x));
    }

    static Stream<Arguments> published() {
        Dfp third = ONE.divide(3);
        return Stream.of(
                constant("A001113 e", f(D::exp, "1"),
                        "2.7182818284590452353602874713526624977572470936999595749669676"),
                constant("A039661 exp(pi)", D.exp(f(D::acos, "-1")),
                        "23.140692632779269005729086367948547380266106242600211993445046"),
                constant("A002162 log 2", f(D::log, "2"),
                        "0.69314718055994530941723212145817656807550013436025525412068001"),
                constant("A007524 log10 2", f(D::log10, "2"),
                        "0.30102999566398119521373889472449302676818988146210854131042746"),
                constant("A020862 log2 10", f(D::log2, "10"),
                        "3.3219280948873623478703194294893901758648313930245806120547564"),
                constant("A049469 sin 1", f(D::sin, "1"),
                        "0.84147098480789650665250232163029899962256306079837106567275171"),
                constant("A049470 cos 1", f(D::cos, "1"),
                        "0.54030230586813971740093660744297660373231042061792222767009726"),
                constant("A049471 tan 1", f(D::tan, "1"),
                        "1.5574077246549022305069748074583601730872507723815200383839466"),
                constant("A003881 atan 1", f(D::atan, "1"),
                        "0.78539816339744830961566084581987572104929234984377645524373615"),
                constant("A073742 sinh 1", f(D::sinh, "1"),
                        "1.1752011936438014568823818505956008151557179813340958702295654"),
                constant("A073743 cosh 1", f(D::cosh, "1"),
                        "1.5430806348152437784779056207570616826015291123658637047374022"),
                constant("A073744 tanh 1", f(D::tanh, "1"),
                        "0.7615941559557648881194582826047935904127685972579365515968105"),
                constant("A091648 asinh 1", f(D::asinh, "1"),
                        "0.88137358701954302523260932497979230902816032826163541075329561"),
                constant("acosh 2", f(D::acosh, "2"),
                        "1.3169578969248167086250463473079684440269819714675164797684723"),
                constant("A002390 asinh 1/2", f(D::asinh, "0.5"),
                        "0.48121182505960344749775891342436842313518433438566051966101817"),
                constant("A002580 cbrt 2", f(D::cbrt, "2"),
                        "1.2599210498948731647672106072782283505702514647015079800819751"),
                constant("A002193 sqrt 2", f(D::sqrt, "2"),
                        "1.4142135623730950488016887242096980785696718753769480731766797"),
                constant("A007507 2^sqrt 2", D.pow(D.of(2), f(D::sqrt, "2")),
                        "2.6651441426902251886502972498731398482742113137146594928359796"),
                constant("erf 1", f(D::erf, "1"), "0.8427007929497148693412206350826092592960669979663029084599379"),
                constant("erfc 5", f(D::erfc, "5"),
                        "1.5374597944280348501883434853833788901180503147233799306879141e-12"),
                constant("lgamma 1/2", f(D::lgamma, "0.5"),
                        "0.57236494292470008707171367567652935582364740645765578575681154"),
                constant("lgamma 1/3", D.lgamma(third),
                        "0.98542064692776706918717403697796139173555649638588585423475701"),
                constant("A001620 digamma 1", D.polygamma(0, ONE),
                        "-0.57721566490153286060651209008240243104215933593992359880576723"),
                constant("A020777 digamma 1/4", D.polygamma(0, D.of(0.25)),
                        "-4.2274535333762654080895301460966835773672444387082422716552796"),
                constant("A013661 trigamma 1", D.polygamma(1, ONE),
                        "1.6449340668482264364724151666460251892189499012067984377355582"),
                constant("-2 A002117 polygamma(2, 1)", D.polygamma(2, ONE),
                        "-2.4041138063191885707994763230228999815299725846809977635845431"),
                constant("polygamma(3, 1)", D.polygamma(3, ONE),
                        "6.4939394022668291490960221792470074166485057115123614460978573"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void agreesWithPublishedDigits(String name, Dfp actual, Dfp digits) {
        close(digits, actual, "1e-58", name);
    }

    @Test
    void digammaVanishesAtItsPublishedZero() {
        Dfp root = D.parse("1.4616321449683623412626595423257213284681962040064463512959884");
        assertTrue(D.polygamma(0, root).abs().lessThan(D.parse("1e-60")));
    }

    @Test
    void digammaOfAQuarterHasItsClosedForm() {
        Dfp expected = D.polygamma(0, ONE).subtract(D.acos(D.of(-1)).divide(2)).subtract(D.log(D.of(2)).multiply(3));
        close(expected, D.polygamma(0, D.of(0.25)), "1e-60", "DLMF 5.4.19");
    }

    @Test
    void hyperbolicAndTrigonometricFunctionsKeepTheirIdentities() {
        for (String point : POINTS) {
            Dfp x = D.parse(point);
            Dfp sinh = D.sinh(x);
            close(D.cosh(x), D.exp(x.negate()).add(sinh), "1e-60", "cosh - sinh at " + point);
            close(D.cosh(x).add(sinh), D.exp(x), "1e-60", "cosh + sinh at " + point);
            close(D.expm1(x.multiply(2)), sinh.multiply(D.exp(x)).multiply(2), "1e-60", "expm1 at " + point);
            close(sinh.divide(D.cosh(x)), D.tanh(x), "1e-60", "tanh at " + point);
            close(x, D.asinh(sinh), "1e-60", "asinh sinh at " + point);
            close(x, D.log1p(D.expm1(x)), "1e-60", "log1p expm1 at " + point);
            close(ONE, D.sin(x).multiply(D.sin(x)).add(D.cos(x).multiply(D.cos(x))), "1e-60", "sin, cos at " + point);
            close(x, D.tan(D.atan(x)), "1e-60", "tan atan at " + point);
            close(x, D.cbrt(x.multiply(x).multiply(x)), "1e-60", "cbrt at " + point);
        }
    }

    @Test
    void logGammaAndPolygammaKeepRecurrenceReflectionAndDuplication() {
        Dfp pi = D.acos(D.of(-1));
        for (String point : POINTS) {
            Dfp x = D.parse(point);
            Dfp logs = D.lgamma(x).add(D.log(x));
            absolute(logs, D.lgamma(x.add(1)), "1e-60", "recurrence of lgamma at " + point);
            // Γ(2x) = π^(−1/2) 2^(2x−1) Γ(x) Γ(x + ½)
            Dfp doubled = D.lgamma(x).add(D.lgamma(x.add(D.of(0.5)))).subtract(D.log(pi).divide(2))
                    .add(x.multiply(2).subtract(1).multiply(D.log(D.of(2))));
            absolute(doubled, D.lgamma(x.multiply(2)), "1e-60", "duplication of lgamma at " + point);
            Dfp factorial = ONE;
            Dfp power = x;
            for (int n = 0; n <= 12; n++) {
                Dfp step = factorial.divide(n % 2 == 0 ? power : power.negate());
                close(D.polygamma(n, x), D.polygamma(n, x.add(1)).subtract(step), "1e-55",
                        "recurrence of polygamma " + n + " at " + point);
                Dfp halves = D.polygamma(n, x).add(D.polygamma(n, x.add(D.of(0.5))))
                        .divide(D.pow(D.of(2), D.of(n + 1)));
                Dfp both = n == 0 ? halves.add(D.log(D.of(2))) : halves;
                close(both, D.polygamma(n, x.multiply(2)), "1e-55", "duplication of polygamma " + n + " at " + point);
                factorial = factorial.multiply(n + 1);
                power = power.multiply(x);
            }
        }
        for (String point : new String[] {"0.3", "2.75", "7.125"}) {
            Dfp x = D.parse(point);
            // Γ(x) Γ(1 − x) = π / sin πx
            absolute(D.log(pi.divide(D.sin(pi.multiply(x)).abs())), D.lgamma(x).add(D.lgamma(ONE.subtract(x))), "1e-60",
                    "reflection at " + point);
            absolute(pi.divide(D.tan(pi.multiply(x))), D.polygamma(0, ONE.subtract(x)).subtract(D.polygamma(0, x)),
                    "1e-60", "digamma at " + point);
            Dfp sine = D.sin(pi.multiply(x));
            close(pi.divide(sine).multiply(pi.divide(sine)), D.polygamma(1, x).add(D.polygamma(1, ONE.subtract(x))),
                    "1e-55", "trigamma at " + point);
        }
    }

    @Test
    void negativeArgumentsOfPolygammaKeepTheRecurrence() {
        for (int n = 0; n <= 10; n++) {
            Dfp x = D.parse("-3.3");
            Dfp sum = D.polygamma(n, x.add(7));
            Dfp factorial = D.lgamma(D.of(n + 1));
            for (int k = 0; k < 7; k++) {
                Dfp term = D.exp(factorial).divide(D.pow(x.add(k), D.of(n + 1)));
                sum = n % 2 == 0 ? sum.subtract(term) : sum.add(term);
            }
            close(sum, D.polygamma(n, x), "1e-55", "polygamma " + n + " at -3.3");
        }
    }

    @Test
    void startingTheAsymptoticSeriesElsewhereChangesNothing() {
        DecimalFunctions functions = new DecimalFunctions(ONE.getField(), 80);
        DecimalGammas later = new DecimalGammas(functions, 71);
        for (String point : POINTS) {
            Dfp x = D.parse(point);
            absolute(D.lgamma(x), later.lgamma(x), "1e-60", "lgamma at " + point);
            for (int n = 0; n <= 12; n++) {
                close(D.polygamma(n, x), later.polygamma(n, x), "1e-58", "polygamma " + n + " at " + point);
            }
        }
    }

    @Test
    void seriesAndQuadratureOfTheErrorFunctionAgree() {
        DecimalErrorFunctions errors = new DecimalErrorFunctions(new DecimalFunctions(ONE.getField(), 80));
        for (String point : new String[] {"1", "1.5", "2.25", "3", "4"}) {
            Dfp x = D.parse(point);
            close(ONE.subtract(errors.series(x)), errors.tail(x), "1e-58", "erfc at " + point);
        }
    }

    @Test
    void erfcIsItsContinuedFraction() {
        for (String point : new String[] {"4", "6.5", "12", "30", "100"}) {
            Dfp x = D.parse(point);
            Dfp fraction = x;
            for (int k = 1200; k > 0; k--) {
                fraction = x.add(D.of(k / 2.0).divide(fraction));
            }
            Dfp rootPi = D.sqrt(D.acos(D.of(-1)));
            close(D.exp(x.multiply(x).negate()).divide(rootPi).divide(fraction), D.erfc(x), "1e-58",
                    "erfc at " + point);
        }
    }

    @Test
    void moreDigitsAgreeWithFewer() {
        DecimalNumbers more = DecimalNumbers.digits(90);
        for (String point : POINTS) {
            for (String name : new String[] {"exp", "log", "sin", "atan", "tanh", "erf", "erfc", "lgamma"}) {
                Dfp few = Samples.apply(D, name, new double[1], new Object[] {D.parse(point)});
                Dfp many = Samples.apply(more, name, new double[1], new Object[] {more.parse(point)});
                close(few, D.parse(many.toString()), "1e-58", name + " at " + point);
            }
        }
    }

    @Test
    void textOfLongNumbersIsRead() {
        for (int exponent = -120; exponent <= 120; exponent++) {
            double x = 1.2345678901234567 * Math.pow(10, exponent);
            assertEquals(x, D.toDouble(D.of(x)));
            assertEquals(x, D.toDouble(D.parse(Double.toString(x))));
        }
        for (double x : new double[] {Double.MIN_VALUE, 3 * Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE}) {
            assertEquals(x, D.toDouble(D.of(x)));
            assertEquals(-x, D.toDouble(D.of(-x)));
        }
        assertEquals(Double.POSITIVE_INFINITY, D.toDouble(D.parse("1e400")));
        assertEquals(0, D.toDouble(D.parse("1e-400")));
    }

    private static void close(Dfp expected, Dfp actual, String tolerance, String what) {
        Dfp error = expected.subtract(actual).abs();
        Dfp bound = expected.abs().multiply(D.parse(tolerance));
        assertTrue(error.lessThan(bound) || error.equals(D.of(0)),
                () -> what + ": expected " + expected + ", got " + actual);
    }

    private static void absolute(Dfp expected, Dfp actual, String tolerance, String what) {
        Dfp error = expected.subtract(actual).abs();
        Dfp size = expected.abs().lessThan(ONE) ? ONE : expected.abs();
        assertTrue(error.lessThan(size.multiply(D.parse(tolerance))),
                () -> what + ": expected " + expected + ", got " + actual);
    }
}
