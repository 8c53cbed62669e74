package dualtape.cli;

import dualtape.check.Check;
import dualtape.check.Domain;
import dualtape.check.Finding;
import dualtape.check.Law;
import dualtape.check.Memory;
import dualtape.check.Once;
import dualtape.check.Witness;
import dualtape.engine.Engine;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Tensor;
import dualtape.lang.TextSource;
import dualtape.report.CheckItem;
import dualtape.report.TensorText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Checks of many functions at many points by some engines, a function a thread. Results come in the order of the functions.
 *
 * @param orders of derivatives
 * @param domain where random points are; null for each subject's own point
 */
record CheckRun(List<Item> subjects, List<Witness> witnesses, List<Engine> engines, int[] orders, long seed, int points,
        Domain domain, Limits limits) {
    private static final int MOST_THREADS = 4;

    /** A subject, and as what it was asked for. */
    record Item(Subject subject, String argument, String at) {}

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
     */
    record Result(List<CheckItem> items, List<Broken> broken) {}

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
            List<Future<Result>> futures = new ArrayList<>();
            subjects.forEach(item -> futures.add(pool.submit(() -> result(item))));
            Result all = new Result(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < futures.size(); i++) {
                progress.show(subjects.get(i).subject().name());
                Result result = get(futures.get(i));
                all.items().addAll(result.items());
                all.broken().addAll(result.broken());
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

    private Result result(Item item) {
        Subject subject = item.subject();
        List<CheckItem> items = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        List<Point> places = domain == null ? List.of(subject.point()) : domain.points(points, seed, subject.point());
        for (int p = 0; p < places.size(); p++) {
            Point at = places.get(p);
            List<Engine> once = engines.stream().map(Once::of).toList();
            Traced traced = new Subject(subject.name(), subject.source(), at, subject.wrt()).trace(limits);
            for (Engine engine : p == 0 ? once : List.<Engine>of()) {
                for (Law law : Law.all()) {
                    law.breaches(engine, traced, at, subject.wrt(), seed)
                            .forEach(breach -> broken.add(new Broken(subject.name(), engine.name(), breach)));
                }
            }
            Check check = new Check(engines.get(0), witnesses, 1, seed, true, new Memory());
            for (int order : orders) {
                for (Engine engine : once) {
                    if (order == 2 && !engine.exact() && traced.graph().output().shape().size() != 1) {
                        continue;
                    }
                    Finding finding = check.on(engine).ofOrder(order).run(subject.name(), p, traced, at, subject.wrt());
                    items.add(new CheckItem(finding, domain == null && item.at().isEmpty() ? "" : text(at),
                            again(item, at, order, engine)));
                }
            }
        }
        return new Result(items, broken);
    }

    /** A point as one types it, long tensors shortened. */
    private static String text(Point at) {
        StringBuilder text = new StringBuilder();
        at.values().forEach((name, value) -> text.append(text.length() == 0 ? "" : "; ").append(name).append('=')
                .append(TensorText.of(value, 12)));
        return text.toString();
    }

    private String again(Item item, Point at, int order, Engine engine) {
        boolean isShort = at.values().values().stream().mapToInt(Tensor::size).sum() <= 24;
        String place = domain == null ? item.at().isEmpty() ? "" : " --at '" + item.at() + "'"
                : isShort ? " --at '" + text(at) + "'" : "";
        return "dualtape check '" + item.argument() + "'" + place + " --order " + order + " --engine " + engine.name()
                + (seed == 1 ? "" : " --seed " + seed);
    }
}
