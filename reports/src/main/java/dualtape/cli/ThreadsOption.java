package dualtape.cli;

import dualtape.engine.InputException;
import picocli.CommandLine.Option;

/** How many threads share the work. */
final class ThreadsOption {
    /** So many at the most: each has memory of its own. */
    private static final int MOST = 256;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "threads that share a derivative's sweeps, or a batch's lines; the numbers are the same "
                    + "(${DEFAULT-VALUE})")
    private int threads;

    int threads() {
        if (threads < 1 || threads > MOST) {
            throw new InputException("--threads must be from 1 to " + MOST + ", got " + threads
                    + "; more than there are processors gain nothing");
        }
        return threads;
    }
}
