package dualtape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes, each as soon as it has come. A line that is too long for the memory is skipped, not kept. */
final class Lines {
    private static final int BUFFER = 1 << 16;
    private static final long MOST = 256L << 20;
    private static final int SHARE = 16;

    private final InputStream in;
    private final int longest = (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE);
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private byte[] line = new byte[BUFFER];
    private long length;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Reads the next line; false at the end of the input. A last line without an end is a line. */
    boolean next() throws IOException {
        length = 0;
        if (from == to && !fill()) {
            return false;
        }
        do {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            keep(end);
            if (end < to) {
                from = end + 1;
                return true;
            }
            from = end;
        } while (fill());
        return true;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private void keep(int end) {
        int count = end - from;
        if (length + count <= longest) {
            if (length + count > line.length) {
                line = Arrays.copyOf(line, (int) Math.max(length + count, Math.min(longest, 2L * line.length)));
            }
            System.arraycopy(buffer, from, line, (int) length, count);
        }
        length += count;
    }

    /** Whether the line is longer than {@link #longest} and was not kept. */
    boolean tooLong() {
        return length > longest;
    }

    /** The most bytes of a line. */
    int longest() {
        return longest;
    }

    /** The line without its end. */
    byte[] line() {
        byte[] copy = Arrays.copyOf(line, (int) length);
        if (line.length > BUFFER) {
            line = new byte[BUFFER];
        }
        return copy;
    }
}
