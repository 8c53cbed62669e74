package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.control.Scan;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.lang.Language;
import dualtape.lang.PointText;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
    private static final List<DerivingEngine> MODES = List.of(Engines.forward(), Engines.reverse());

    /** Scenarios of few numbers: all of the catalogue is for {@code dualtape check}. */
    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(scenario -> scenario.selected().stream()
                .mapToInt(name -> scenario.point().get(name).size()).sum() <= 7 && !scenario.name().startsWith("nist/")
                && !scenario.name().equals("classic/chain"));
    }

    private static Finding check(Engine engine, int order, String program, String at) {
        Point point = PointText.parse(at);
        Traced traced = Language.parse(program).trace(point);
        return Check.of(engine).ofOrder(order).run(program, traced, point, point.names());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenariosAgreeInBothModesAndOrders(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        Check check = Check.of(Engines.forward());
        for (int order = 1; order <= 2; order++) {
            for (Engine engine : MODES) {
                Finding finding = check.on(engine).ofOrder(order).run(scenario.name(), traced, scenario.point(),
                        scenario.selected());
                assertThat(finding.verdict()).as(engine.name() + " " + order + " " + finding.components())
                        .isEqualTo(Verdict.AGREE);
                assertThat(finding.judged()).isPositive();
                assertThat(scenario.smooth() && finding.count(Judgement.EDGE) > 0).as("edge").isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenariosKeepTheLaws(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        for (Law law : Law.all()) {
            for (Engine engine : MODES) {
                assertThat(law.breaches(engine, traced, scenario.point(), scenario.selected(), 1)).as(engine.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void lawsAreBrokenByWrongSweeps() {
        Point at = PointText.parse("x=[0.5, 1.5, 2]");
        Traced traced = Language.parse("[x[0] * x[1], sin(x[1]) + x[0], exp(x[0]) * x[2]]").trace(at);
        List<Law.Breach> breaches = new java.util.ArrayList<>();
        for (Law law : Law.all()) {
            for (DerivingEngine engine : MODES) {
                int[] asked = {0};
                // Right and wrong in turn: the two sides of a law do not see the same engine.
                breaches.addAll(law.breaches(new FaultyEngine(engine, graph -> graph,
                        plan -> asked[0]++ % 2 == 0 ? plan : SweepFault.WRONG_SEED.in(plan)), traced, at,
                        at.names(), 1));
            }
        }
        assertThat(breaches).extracting(Law.Breach::law).contains("adjoint identity", "linearity", "renaming",
                "sharing");
        assertThat(breaches.get(0).text()).contains("against");
    }

    /** An engine that is wrong every other time does not keep the laws of other ways to run. */
    @Test
    void lawsOfOtherWaysAreBrokenByWrongSweeps() {
        Scenario loop = Scenarios.all().stream().filter(scenario -> scenario.source().trace(scenario.point()).graph()
                .applications().stream().anyMatch(application -> application.op() instanceof Scan scan
                        && scan.carries() > 0 && scan.length() > 3))
                .findFirst().orElseThrow();
        for (Law law : new OtherWays().laws()) {
            for (DerivingEngine engine : MODES) {
                int[] asked = {0};
                FaultyEngine faulty = new FaultyEngine(engine, graph -> graph,
                        plan -> asked[0]++ % 2 == 0 ? plan : SweepFault.WRONG_SEED.in(plan));
                assertThat(law.breaches(faulty, loop.source().trace(loop.point()), loop.point(), loop.selected(), 1))
                        .as(law.name() + " " + engine.name()).isNotEmpty();
                assertThat(law.breaches(engine, loop.source().trace(loop.point()), loop.point(), loop.selected(), 1))
                        .as(law.name() + " " + engine.name()).isEmpty();
            }
        }
    }

    /** At edges every operation's convention is an edge, and no disagreement. */
    @ParameterizedTest
    @CsvSource(delimiter = ';',
            value = {"relu(x); x=0; kink", "abs(x) * y; x=0, y=2; kink", "max(x, y); x=1, y=1; tie",
                "sqrt(x); x=0; pole",
                "norm(x); x=[0, 0]; kink", "where(x > 0, x, 2 * x); x=0; jump", "clamp(x, 0, 1); x=1; kink"})
    void edgesAreNamed(String program, String at, String kind) {
        for (Engine engine : MODES) {
            Finding finding = check(engine, 1, program, at.replace(", y", "; y"));
            assertThat(finding.verdict()).as(finding.components().toString()).isEqualTo(Verdict.AGREE);
            assertThat(finding.count(Judgement.EDGE)).as(finding.components() + " " + finding.edges()).isPositive();
            assertThat(finding.edges()).isNotEmpty();
        }
    }

    /** A convention that makes a smooth function's derivative wrong is an edge too. */
    @Test
    void aSumOfKinksThatIsSmoothIsAnEdge() {
        Finding finding = check(Engines.reverse(), 1, "relu(x) - relu(-x)", "x=0");
        assertThat(finding.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(finding.count(Judgement.EDGE)).isEqualTo(1);
    }

    @Test
    void undefinedOnBothSidesNamesTheFirstOperation() {
        Finding finding = check(Engines.reverse(), 1, "y = log(x)\nsin(y) * 2", "x=-1");
        assertThat(finding.count(Judgement.UNDEFINED) + finding.count(Judgement.EDGE)).isEqualTo(1);
        Finding quotient = check(Engines.forward(), 1, "y = x - x\nx / y * x", "x=2");
        assertThat(quotient.culprits()).anySatisfy(culprit -> {
            assertThat(culprit.kind()).isEqualTo(Culprit.Kind.NAN_FORWARDS);
            assertThat(culprit.operation()).isEqualTo("/");
            assertThat(culprit.origin().line()).isEqualTo(2);
        });
    }

    @Test
    void aWrongRuleIsNamedWithItsLineOperandAndNumbers() {
        Traced traced = Language.parse("a = x * y\nb = sin(a)\nb + x").trace(PointText.parse("x=0.5; y=2"));
        FaultyOp faulty = FaultyOp.of(op("sin"), 0, RuleFault.FACTOR);
        for (DerivingEngine engine : MODES) {
            Finding finding = Check.of(FaultyEngine.of(engine, faulty)).run("f", traced, PointText.parse("x=0.5; y=2"),
                    List.of("x", "y"));
            assertThat(finding.verdict()).isEqualTo(Verdict.DISAGREE);
            assertThat(finding.culprits()).singleElement().satisfies(culprit -> {
                assertThat(culprit.kind()).isEqualTo(Culprit.Kind.OPERATION);
                assertThat(culprit.operation()).isEqualTo("sin");
                assertThat(culprit.origin().line()).isEqualTo(2);
                assertThat(culprit.got()).isEqualTo(2 * culprit.expected());
            });
        }
    }

    /** A sweep that goes wrong only in functions of three operations: no operation is to blame. */
    @Test
    void aWrongSweepIsFollowedToTheSmallestPartThatShowsIt() {
        Point at = PointText.parse("x=0.5; y=2");
        Traced traced = Language.parse("a = exp(y)\nb = sin(x) * a\nb + x").trace(at);
        for (DerivingEngine engine : MODES) {
            for (int length = 1; length <= 3; length++) {
                int least = length;
                int[] applications = {0};
                FaultyEngine faulty = new FaultyEngine(engine, graph -> {
                    applications[0] = graph.applications().size();
                    return graph;
                }, plan -> applications[0] >= least ? SweepFault.WRONG_SEED.in(plan) : plan);
                Finding finding = Check.of(faulty).run("f", traced, at, at.names());
                assertThat(finding.verdict()).isEqualTo(Verdict.DISAGREE);
                assertThat(finding.culprits()).singleElement().satisfies(culprit -> {
                    assertThat(culprit.kind())
                            .isEqualTo(least == 1 ? Culprit.Kind.OPERATION : Culprit.Kind.SUBEXPRESSION);
                    assertThat(culprit.origin().line()).isEqualTo(least == 1 ? 1 : 2);
                });
            }
        }
    }

    @Test
    void secondOrderFaultsAreCaught() {
        Point at = PointText.parse("x=0.5; y=2");
        Traced traced = Language.parse("sin(x * y) * exp(x)").trace(at);
        for (DerivingEngine engine : MODES) {
            for (RuleFault fault : List.of(RuleFault.SIGN, RuleFault.SLIGHTLY_OFF, RuleFault.STALE_OPERAND)) {
                Finding finding = Check.of(FaultyEngine.of(engine, FaultyOp.of(op("sin"), 0, fault))).ofOrder(2).run(
                        "f", traced, at,
                        at.names());
                assertThat(finding.verdict()).as(engine.name() + " " + fault).isEqualTo(Verdict.DISAGREE);
            }
        }
    }

    /** One wrong column of hundreds is found by halving sums. */
    @Test
    void oneOfManyInputsIsNamed() {
        double[] x = new double[300];
        java.util.Arrays.setAll(x, i -> 1 + i / 100.0);
        Point at = Point.of("x", x);
        Traced traced = Language.parse("sum(x * x)").trace(at);
        Finding finding = Check.of(FaultyEngine.of(Engines.reverse(), SweepFault.LOST_ELEMENT)).withoutBlame().run("f",
                traced, at,
                List.of("x"));
        assertThat(finding.firstWrong().where()).isEqualTo("x[299]");
        for (DerivingEngine engine : MODES) {
            assertThat(Check.of(engine).run("f", traced, at, List.of("x")).verdict()).isEqualTo(Verdict.AGREE);
            assertThat(Check.of(engine).ofOrder(2).run("f", traced, at, List.of("x")).verdict())
                    .isEqualTo(Verdict.AGREE);
        }
    }

    private static dualtape.ir.Op op(String name) {
        Operation operation = Operations.find(name);
        return (dualtape.ir.Op) operation;
    }
}
