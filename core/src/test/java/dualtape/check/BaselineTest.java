package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.InputException;
import dualtape.engine.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    @TempDir
    private Path folder;

    private static Baseline of(double... numbers) {
        Baseline baseline = new Baseline(List.of("version: 1", "platform: here"));
        for (int i = 0; i < numbers.length; i++) {
            baseline.put("f | x[" + i + "]", numbers[i]);
        }
        return baseline;
    }

    @Test
    void everyDoubleComesBackBitByBit() {
        Baseline baseline = of(0.1, -0.0, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, 1e300);
        Path file = folder.resolve("b.txt");
        baseline.write(file);
        Baseline read = Baseline.read(file);
        assertThat(baseline.changes(read)).isEmpty();
        assertThat(read.about()).containsExactly("version: 1", "platform: here");
        assertThat(read.text()).isEqualTo(baseline.text());
    }

    @Test
    void changesAreInUlpsAndWhatIsMissingIsOne() {
        List<Baseline.Change> changes = of(1, 2, 3).changes(of(1, Math.nextUp(2.0)));
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).ulps()).isEqualTo(1);
        assertThat(changes.get(0).text()).contains("1 ulp apart");
        assertThat(changes.get(1).text()).contains("is not computed any more");
        assertThat(of(1).changes(of(1, 2)).get(0).text()).contains("not in the baseline");
        assertThat(of(0.0).changes(of(-0.0))).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldOne() throws Exception {
        Path file = folder.resolve("b.txt");
        of(1).write(file);
        Files.createDirectory(folder.resolve("b.txt.part")); // in the way of the new one
        Files.writeString(folder.resolve("b.txt.part/x"), "");
        assertThatThrownBy(() -> of(2).write(file)).isInstanceOf(InputException.class)
                .hasMessageContaining("cannot write").hasMessageContaining("the old file is as it was");
        assertThat(Baseline.read(file).get("f | x[0]")).isEqualTo(1);
        assertThatThrownBy(() -> of(2).write(folder.resolve("nowhere/b.txt"))).isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aLinkStaysOneAndAFolderIsNotReplaced() throws Exception {
        Path file = folder.resolve("b.txt");
        of(1).write(file);
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file.getFileName());
        of(1, 2).write(link);
        assertThat(link).isSymbolicLink();
        assertThat(Baseline.read(file).size()).isEqualTo(2);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> of(1).write(empty)).hasMessageContaining("cannot write " + empty);
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void noPartIsLeftBehind() {
        Path file = folder.resolve("b.txt");
        of(1).write(file);
        of(2).write(file);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatIsNoneOrIsCutOffIsRefused() throws Exception {
        Path file = folder.resolve("b.txt");
        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(InputException.class)
                .hasMessageContaining("--save-baseline");
        Files.writeString(file, "hello\n");
        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(InputException.class)
                .hasMessageContaining("is no baseline");
        Files.writeString(file, of(1).text() + "f | x[1]\t0x1.");
        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(InputException.class).hasMessageContaining("line 5");
    }

    @Test
    void domainsAreReadAndPointsAreSeeded() {
        Point at = Point.of("x", 0.0, "w", new double[] {0, 0});
        Domain domain = Domain.parse("x in (0, 10); w in [-1, 1]");
        List<Point> points = domain.points(100, 7, at);
        assertThat(points).isEqualTo(domain.points(100, 7, at)).isNotEqualTo(domain.points(100, 8, at));
        assertThat(points)
                .allMatch(p -> p.get("x").value() > 0 && p.get("x").value() < 10 && Math.abs(p.get("w").at(1)) <= 1);
        assertThatThrownBy(() -> Domain.parse("x between 1 and 2")).isInstanceOf(InputException.class)
                .hasMessageContaining("write x in (0, 10)");
        assertThatThrownBy(() -> Domain.parse("(3, 2)")).isInstanceOf(InputException.class)
                .hasMessageContaining("3 must be below 2");
    }
}
