package dualtape.cli;

import dualtape.check.Domain;
import dualtape.check.Law;
import dualtape.check.Witness;
import dualtape.engine.Engine;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.ir.Tensor;
import dualtape.lang.TextSource;
import dualtape.report.CheckItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Checks of many functions at many points by some engines, one piece of work a thread. Results come in the order of the functions.
 *
 * @param orders of derivatives
 * @param domain where random points are; null for each subject's own point
 */
record CheckRun(List<Item> subjects, List<Witness> witnesses, List<Engine> engines, int[] orders, long seed, int points,
        Domain domain) {
    private static final int MOST_THREADS = 4;

    /** A subject, and as what it was asked for, and what it may take. */
    record Item(Subject subject, String argument, String at, Limits limits) {}

    /** A law that an engine breaks. */
    record Broken(String function, String engine, Law.Breach breach) {
        String text() {
            return function + ", " + engine + ": " + breach.text();
        }
    }

    /**
     * What was found.
     *
     * @param items of all functions in order
     * @param broken laws that some engine breaks at a function's first point
     * @param leftOut which laws were not looked at for which function, and why, a line each
     */
    record Result(List<CheckItem> items, List<Broken> broken, List<String> leftOut) {}

    /** A program; with a domain, inputs without a value are numbers. */
    static Subject program(String argument, String at, List<String> wrt, String domain, Limits limits) {
        if (domain == null) {
            return Subject.ofProgram(argument, at, wrt, limits, System.in);
        }
        TextSource source = Programs.read(argument, limits, System.in);
        Point point = Programs.point(at, limits);
        Domain where = Domain.parse(domain);
        for (String name : where.names()) {
            if (!source.inputs().contains(name)) {
                throw new InputException("--domain names \"" + name + "\", which the program does not read; it reads "
                        + String.join(", ", source.inputs()));
            }
        }
        for (String name : source.inputs()) {
            if (!point.has(name) && (where.isForAll() || where.names().contains(name))) {
                point = point.with(name, Tensor.scalar(0));
            }
        }
        String name = argument.length() > 60 ? argument.substring(0, 60) + "..." : argument;
        return new Subject(name, source, point,
                wrt == null ? source.inputs() : wrt.stream().map(String::strip).toList());
    }

    /** All findings. Ctrl-C ends the process with a word on what is left as it was. */
    Result result(Path untouched) {
        Progress progress = new Progress(subjects.size());
        int[] done = {0};
        Thread farewell = new Thread(() -> {
            progress.clear();
            System.err
                    .println("dualtape: interrupted; " + done[0] + " of " + subjects.size() + " functions were checked"
                            + (untouched == null ? "" : "; " + untouched + " was not written"));
            Main.endInterrupted();
        }, "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        int threads = Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<CheckItem>>> checks = new ArrayList<>();
            List<Future<CheckTask.LawsSeen>> laws = new ArrayList<>();
            for (Item item : subjects) {
                CheckTask task = new CheckTask(this, item);
                checks.add(pool.submit(task::checks));
                laws.add(pool.submit(task::laws));
            }
            Result all = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < checks.size(); i++) {
                progress.show(subjects.get(i).subject().name());
                all.items().addAll(get(checks.get(i)));
                all.broken().addAll(get(laws.get(i)).broken());
                all.leftOut().addAll(get(laws.get(i)).leftOut());
                done[0]++;
                progress.step();
            }
            return all;
        } finally {
            progress.clear();
            pool.shutdownNow();
            leave(farewell);
        }
    }

    private static void leave(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs, and ends it.
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted", e);
        }
    }
}
