package dualtape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.scenario.Families;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class StatisticsTest {
    @Test
    void aPowerLawIsRecovered() {
        PowerLaw fit = PowerLaw.fit(new double[] {10, 100, 1000}, new double[] {300, 30_000, 3_000_000});
        assertThat(fit.exponent()).isBetween(2 - 1e-12, 2 + 1e-12);
        assertThat(fit.holds(2, 1e-9)).isTrue();
        assertThat(fit.holds(1, 0.5)).isFalse();
    }

    @Test
    void sameUndefinedPlacesAgreeAndOthersDoNot() {
        double inf = Double.POSITIVE_INFINITY;
        assertThat(Agreement.of(new double[] {Double.NaN, inf, 1}, new double[] {Double.NaN, inf, 1}).relative())
                .isZero();
        assertThat(Agreement.of(new double[] {Double.NaN, 1}, new double[] {0, 1}).relative()).isEqualTo(inf);
        assertThat(Agreement.of(new double[] {inf}, new double[] {-inf}).relative()).isEqualTo(inf);
        assertThat(Agreement.of(new double[] {1, 100}, new double[] {2, 100}).relative()).isEqualTo(0.01);
    }

    @Test
    void aLongChainHoldsNoMoreForwardAndEverythingReverse() {
        Sampler once = new Sampler(0.01, 3);
        Growth growth = Growth.study("chain", Families::chain, new int[] {10, 1_000, 100_000}, once, part -> {});
        assertThat(growth.points().get(2).forward().cost().workspaceBytes())
                .isEqualTo(growth.points().get(1).forward().cost().workspaceBytes());
        // The long chain is a loop again, of two operations a trip: one number is carried.
        assertThat(growth.points().get(2).reverse().cost().storedBytes()).isBetween(390_000L, 410_000L);
    }

    @Test
    void benchmarksWereGenerated() {
        assertThat(BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()))
                .hasSizeGreaterThanOrEqualTo(4);
    }
}
