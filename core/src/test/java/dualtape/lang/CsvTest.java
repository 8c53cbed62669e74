package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.InputException;
import dualtape.ir.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of comma-separated numbers. What is wrong with others: MessagesTest. */
class CsvTest {
    @TempDir
    private Path folder;

    private Tensor read(String text) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        assertThat(PointText.parse("X=@" + file).get("X")).isEqualTo(Csv.read(file.toString()));
        return Csv.read(file.toString());
    }

    @Test
    void rowsAndColumnsAreAMatrixOneRowOrOneColumnAVector() throws IOException {
        assertThat(read("1,2\n3,4\n5,6\n")).isEqualTo(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4},
                new double[] {5, 6}));
        assertThat(read("1,2,3")).isEqualTo(Tensor.vector(1, 2, 3));
        assertThat(read("1\n2\n3\n")).isEqualTo(Tensor.vector(1, 2, 3));
        assertThat(read("7")).isEqualTo(Tensor.vector(7));
    }

    @Test
    void commentsBlankLinesAndOneHeaderLineAreSkipped() throws IOException {
        assertThat(read("# widths\n\nwidth,height\n  # in metres\n1,2\n\n3,4 # not sure\n"))
                .isEqualTo(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}));
        assertThat(read("1\nx\n".replace("x", "2"))).isEqualTo(Tensor.vector(1, 2));
        assertThatThrownBy(() -> read("a,b\nc,d\n1,2\n")).isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column 1: \"c\" is no number");
        assertThatThrownBy(() -> read("a,2\n1,2\n")).hasMessageContaining("line 1, column 1: \"a\" is no number");
    }

    @Test
    void filesOfEverySystemAreRead() throws IOException {
        assertThat(read("\uFEFFwidth,height\r\n1, 2\r\n 3 ,4\r\n"))
                .isEqualTo(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}));
        assertThat(read("\uFEFF1,2\r3,4")).isEqualTo(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}));
    }

    @Test
    void numbersAreThoseOfTheLanguageAndNothingElse() throws IOException {
        assertThat(read("1e3,-.5,+2.,nan,NaN,inf,-Infinity"))
                .isEqualTo(Tensor.vector(1000, -0.5, 2, Double.NaN, Double.NaN,
                        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        for (String cell : new String[] {"1d", "0x10", "1f", "1_000", "1 000", "--1", "\"1\"", "1,5;2"}) {
            assertThatThrownBy(() -> read("1,2\n3," + cell + "\n")).hasMessageContaining("line 2, column ");
        }
    }
}
