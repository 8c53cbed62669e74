package dualtape.cli;

import java.io.IOException;
import java.io.PrintStream;

/**
 * Lines of a batch on several threads. Each thread reads the next line, answers it, and waits for its turn to print; so no more
 * lines are read than there are threads, and an answer needs no line after its own.
 */
final class BatchThreads {
    private final Batch batch;
    private final Lines lines;
    private final PrintStream out;
    /** Lines read so far, and whether there are more: under the lock of the lines. */
    private long read;
    private boolean more = true;
    private long printed;
    private int working;
    /** Whether nothing is answered any more: something failed, or nobody reads. */
    private boolean ended;
    private Throwable failure;

    BatchThreads(Batch batch, Lines lines, PrintStream out) {
        this.batch = batch;
        this.lines = lines;
        this.out = out;
    }

    /** Serves until the input ends, or nobody reads the output any more: then one thread may still wait for a line. */
    synchronized void serve(int threads) throws IOException {
        working = threads;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::work, "dualtape answers");
            thread.setDaemon(true);
            thread.start();
        }
        waitUntilDone();
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        } else if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private void waitUntilDone() {
        boolean interrupted = false;
        while (working > 0 && !ended) {
            interrupted |= interruptedWait();
        }
        if (interrupted) {
            Thread.currentThread().interrupt(); // as on one thread, which does not look
        }
    }

    private void work() {
        try {
            while (next()) {
                continue;
            }
        } finally {
            synchronized (this) {
                working--;
                notifyAll();
            }
        }
    }

    /** Serves a line; false if there is none. */
    private boolean next() {
        long number;
        byte[] line;
        String answer;
        synchronized (lines) {
            if (!more || ended()) {
                return false;
            }
            number = read;
            try {
                more = lines.next();
                if (!more) {
                    return false;
                }
                line = lines.tooLong() ? null : lines.line();
                answer = line == null ? Batch.tooLong(lines) : null;
            } catch (IOException | RuntimeException | Error e) {
                more = false;
                turn(number, null, e);
                return false;
            }
            read++;
        }
        try {
            answer = line == null ? answer : batch.answer(line);
        } catch (RuntimeException | Error e) {
            turn(number, null, e);
            return false;
        }
        turn(number, answer, null);
        return true;
    }

    private synchronized boolean ended() {
        return ended;
    }

    /** Waits until all lines before this one are answered, and answers it, or ends with the failure that it met. */
    private synchronized void turn(long number, String answer, Throwable failed) {
        boolean interrupted = false;
        while (printed < number && !ended) {
            interrupted |= interruptedWait();
        }
        if (!ended) {
            if (failed == null) {
                Batch.print(out, answer);
            }
            failure = failed;
            ended = failed != null || out.checkError();
            printed++;
        }
        notifyAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean interruptedWait() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
