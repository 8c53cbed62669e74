package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.ir.Tensor;
import org.junit.jupiter.api.Test;

/** Points as people type them. What is wrong with others: MessagesTest. */
class PointTextTest {
    @Test
    void partsAreSeparatedBySemicolonsOrLines() {
        Point expected = Point.of("x", 1.0, "w", new double[] {1, 2});
        assertThat(PointText.parse("x=1; w=[1, 2]")).isEqualTo(expected);
        assertThat(PointText.parse("x=1;w=[1,2];")).isEqualTo(expected);
        assertThat(PointText.parse(" x = 1\n\n w = [1,\n 2]\n")).isEqualTo(expected);
        assertThat(PointText.parse(";;x=1\r\nw=[1, 2]")).isEqualTo(expected);
        assertThat(PointText.parse("")).isEqualTo(Point.of());
        assertThat(PointText.parse("b=1; a=2").names()).containsExactly("b", "a");
    }

    @Test
    void valuesAreNumbersListsAndExpressionsOfThem() {
        Point at = PointText.parse("a=-1.5e-3; b=+2; c=.5; d=1.; p=pi/2; i=-inf; n=nan; X=[[1, 2], [3, 4]]; "
                + "v=2*[1, 2]; w=[]; s=sum([1, 2]); α_1=1e999; z=-0");
        assertThat(at.get("a")).isEqualTo(Tensor.scalar(-0.0015));
        assertThat(at.get("b")).isEqualTo(Tensor.scalar(2));
        assertThat(at.get("c")).isEqualTo(Tensor.scalar(0.5));
        assertThat(at.get("d")).isEqualTo(Tensor.scalar(1));
        assertThat(at.get("p")).isEqualTo(Tensor.scalar(Math.PI / 2));
        assertThat(at.get("i")).isEqualTo(Tensor.scalar(Double.NEGATIVE_INFINITY));
        assertThat(at.get("n")).isEqualTo(Tensor.scalar(Double.NaN));
        assertThat(at.get("X")).isEqualTo(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}));
        assertThat(at.get("v")).isEqualTo(Tensor.vector(2, 4));
        assertThat(at.get("w")).isEqualTo(Tensor.vector());
        assertThat(at.get("s")).isEqualTo(Tensor.scalar(3));
        assertThat(at.get("α_1")).isEqualTo(Tensor.scalar(Double.POSITIVE_INFINITY));
        assertThat(at.get("z")).isEqualTo(Tensor.scalar(-0.0));
    }

    @Test
    void manyValuesAreReadInTimeThatGrowsWithTheirNumber() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append('x').append(i).append('=').append(i).append(';');
        }
        Point at = PointText.parse(text.toString());
        assertThat(at.names()).hasSize(200_000);
        assertThat(at.get("x199999")).isEqualTo(Tensor.scalar(199_999));
    }
}
