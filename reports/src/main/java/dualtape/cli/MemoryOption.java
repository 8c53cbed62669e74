package dualtape.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.InputException;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.lang.Visible;
import dualtape.report.Units;
import java.io.IOException;
import picocli.CommandLine.Option;

/** How much a loop may store for its way back. */
final class MemoryOption {
    @Option(names = "--memory", paramLabel = "BYTES",
            description = "what a loop may store for reverse accumulation, as in 64k; the rest is computed again "
                    + "(checkpointing); default all")
    private String memory;

    /** A function whose loops store no more. */
    Traced within(Traced traced) {
        return memory == null ? traced : traced.within(bytes());
    }

    boolean isGiven() {
        return memory != null;
    }

    /** What an answer stored at most for its way back, in words; nothing where that was not asked for. */
    String stored(Values values) {
        return memory == null ? "" : ", " + Units.bytes(values.cost().storedBytes()) + " stored";
    }

    /** The same as a field. */
    void write(JsonGenerator json, Values values) throws IOException {
        if (memory != null) {
            json.writeNumberField("stored_bytes", values.cost().storedBytes());
        }
    }

    /** The bytes, {@code Long.MAX_VALUE} if none are given. */
    long bytes() {
        return memory == null ? Long.MAX_VALUE : bytes(memory);
    }

    /**
     * Bytes, as in {@code 64k}.
     *
     * @throws InputException if it is no such number
     */
    static long bytes(String text) {
        int unit = text.isEmpty() ? -1 : "kMG".indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        if (!digits.matches("[0-9]{1,9}")) {
            throw new InputException("--memory takes bytes as in 64k, 2M, 1G, got " + Visible.name(text));
        }
        return Long.parseLong(digits) * (long) Math.pow(1000, unit + 1);
    }
}
