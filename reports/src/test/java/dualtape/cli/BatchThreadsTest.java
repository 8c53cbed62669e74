package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.Limits;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch on one thread and on several: the same answers in the same order, and the same ends. */
class BatchThreadsTest {

    private static List<String> serve(byte[] in, int threads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Batch(new Limits(4 << 20, 1_000, 10_000, 1_000, 60)).serve(new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.UTF_8), threads);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void severalThreadsAnswerAsOneDoesAndInOrder() throws IOException {
        List<String> engines = BatchTest.engines();
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String engine = engines.get(i % engines.size());
            in.append(i % 7 == 3 ? "bad " + i
                    : "{\"expr\": \"sum(sin(x * " + i + ")) * x[0] / 7\", \"at\": {\"x\": [" + "0.3, ".repeat(i % 40)
                            + "1]}, \"engine\": \"" + engine + "\"}")
                    .append('\n');
        }
        byte[] bytes = in.toString().getBytes(StandardCharsets.UTF_8);
        List<String> alone = serve(bytes, 1);
        assertThat(alone).hasSize(200);
        assertThat(serve(bytes, 2)).isEqualTo(alone);
        assertThat(serve(bytes, 3)).isEqualTo(alone);
        assertThat(serve(new byte[0], 3)).isEmpty();
    }

    @Test
    void onSeveralThreadsAnAnswerNeedsNoLineAfterItsOwn() throws IOException {
        PipedInputStream answers = new PipedInputStream();
        PipedOutputStream requests = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(requests);
        PrintStream out = new PrintStream(new PipedOutputStream(answers), false, StandardCharsets.UTF_8);
        Thread server = new Thread(() -> {
            try (out) {
                new Batch(Limits.DEFAULT).serve(in, out, 3);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();
        BufferedReader reader = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
        for (int i = 0; i < 10; i++) {
            requests.write((BatchTest.GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            requests.flush();
            assertThat(reader.readLine()).isEqualTo(BatchTest.ANSWER);
        }
        requests.close();
        assertThat(reader.readLine()).isNull();
    }

    /** Gives a number of good lines, one at each call, and then fails; {@code lines} counts down. */
    private static InputStream breaksAfter(int[] lines) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                if (lines[0]-- == 0) {
                    throw new IOException("the disk is gone");
                }
                byte[] line = (BatchTest.GOOD + "\n").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(line, 0, target, offset, line.length);
                return line.length;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatFailsSurfacesAfterTheAnswersBeforeIt(int threads) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> new Batch(Limits.DEFAULT).serve(breaksAfter(new int[] {5}),
                new PrintStream(out, false, StandardCharsets.UTF_8), threads)).isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo((BatchTest.ANSWER + "\n").repeat(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void nothingMoreIsServedOnceNobodyReads(int threads) throws IOException {
        int[] written = {0};
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (b == '\n' && ++written[0] == 3) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        int[] left = {1_000_000};
        new Batch(Limits.DEFAULT).serve(breaksAfter(left), new PrintStream(closed, false, StandardCharsets.UTF_8),
                threads);
        assertThat(written[0]).isEqualTo(3);
        assertThat(1_000_000 - left[0]).isLessThanOrEqualTo(threads == 1 ? 3 : 3 + threads);
    }
}
