package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors say what was given, what was expected, and the way out. */
@SuppressWarnings("try") // scopes only end
class MisuseTest {
    private final Variable x = Variable.of(new double[] {1, 2}).requiresGrad();

    @Test
    void backwardOfAVectorNamesTheWaysOut() {
        assertThatThrownBy(() -> x.times(2).backward()).isInstanceOf(AutogradException.class)
                .hasMessageContaining("shape [2]")
                .hasMessageContaining("backward(seed)").hasMessageContaining("sum()");
    }

    @Test
    void aSecondWayBackNeedsTheRecord() {
        Variable y = x.dot(x);
        y.backward();
        assertThatThrownBy(y::backward).hasMessageContaining("dot").hasMessageContaining("retainGraph");
        Variable z = x.dot(x);
        z.backward(true);
        z.backward();
        assertThat(x.grad().value().at(1)).isEqualTo(12);
    }

    @Test
    void whatRequiresNoGradientHasNoWayBack() {
        assertThatThrownBy(() -> Variable.of(1).times(2).backward()).hasMessageContaining("requiresGrad()");
        try (Scope scope = Autograd.noGrad()) {
            assertThatThrownBy(() -> x.sum().backward()).hasMessageContaining("noGrad()");
        }
    }

    @Test
    void aSeedHasTheShapeOfTheResult() {
        assertThatThrownBy(() -> x.times(2).backward(Variable.ones(3))).hasMessageContaining("[3]")
                .hasMessageContaining("[2]");
    }

    @Test
    void aStaleValueIsRefusedWhereItIsNeeded() {
        Variable y = x.exp();
        Variable z = y.times(y).sum();
        try (Scope scope = Autograd.noGrad()) {
            y.assign(Variable.ones(2));
        }
        assertThatThrownBy(z::backward).hasMessageContaining("changed in place").hasMessageContaining("version 1")
                .hasMessageContaining("\"*\"");
    }

    @Test
    void aChangedValueThatNobodyReadsIsNoMatter() {
        Variable y = x.times(3);
        Variable z = y.sum();
        try (Scope scope = Autograd.noGrad()) {
            y.assign(Variable.ones(2));
        }
        z.backward();
        assertThat(x.grad()).hasToString("[3, 3]");
    }

    @Test
    void aLeafIsNotChangedWhileRecording() {
        assertThatThrownBy(() -> x.addInPlace(Variable.ones(2))).hasMessageContaining("noGrad()");
        assertThatThrownBy(() -> Variable.ones(2).assign(Variable.ones(3))).hasMessageContaining("[3]")
                .hasMessageContaining("[2]");
    }

    @Test
    void oneNumberIsOfOneElement() {
        assertThatThrownBy(x::item).hasMessageContaining("shape [2]");
        assertThatThrownBy(() -> x.greater(0).isTrue()).hasMessageContaining("sum()");
    }

    @Test
    void onlyLeavesRequireGradients() {
        assertThatThrownBy(() -> x.times(2).requiresGrad(false)).hasMessageContaining("leaf")
                .hasMessageContaining("detach()");
        assertThatThrownBy(() -> Variable.of(1).hook(adjoint -> adjoint)).hasMessageContaining("requiresGrad()");
    }

    @Test
    void disconnectedVariablesAreSaidOrZero() {
        Variable z = Variable.of(1).requiresGrad();
        Variable y = x.sum();
        assertThatThrownBy(() -> Autograd.grad(y, List.of(x, z), false)).hasMessageContaining("variable 1");
        assertThat(Autograd.grad(y, Variable.of(1), List.of(z), false, Disconnected.ZERO).get(0).item()).isZero();
        assertThatThrownBy(() -> Autograd.grad(y, List.of(Variable.of(2)), false))
                .hasMessageContaining("requires no gradient");
    }

    @Test
    void anomaliesNameTheLine() {
        Variable zero = Variable.of(0.0).requiresGrad();
        try (Scope scope = Autograd.detectAnomaly()) {
            assertThatThrownBy(() -> zero.log()).hasMessageContaining("\"log\"").hasMessageContaining("MisuseTest.java")
                    .hasMessageContaining("-Infinity");
            Variable root = Functions.sqrt(zero);
            assertThatThrownBy(root::backward).hasMessageContaining("\"sqrt\"").hasMessageContaining("MisuseTest.java");
        }
    }

    @Test
    void symbolsHaveNoValue() {
        Symbols symbols = new Symbols();
        Variable a = symbols.var("a");
        assertThatThrownBy(() -> a.times(2).item()).hasMessageContaining("symbol");
        assertThatThrownBy(() -> symbols.function(Variable.of(1))).hasMessageContaining("var(");
    }

    @Test
    void unknownOperationsAndKeywordsAreRefused() {
        assertThatThrownBy(() -> Functions.call("sn", Keywords.NONE, x)).hasMessageContaining("\"sn\"");
        assertThatThrownBy(() -> Functions.sum(x, Keywords.of("axes", 0))).hasMessageContaining("axes");
        assertThatThrownBy(() -> Functions.call("exp", Keywords.NONE, x, x))
                .hasMessageContaining("2 operands given; it is called as exp(x)");
        assertThatThrownBy(() -> Functions.call("dot", Keywords.NONE, x)).hasMessageContaining("dot(x, y)");
    }
}
