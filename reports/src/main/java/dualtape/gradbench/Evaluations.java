package dualtape.gradbench;

import dualtape.engine.DerivingEngine;
import dualtape.engine.InputException;
import dualtape.workload.Datum;
import dualtape.workload.Problem;
import dualtape.workload.Task;
import dualtape.workload.Workload;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs functions and times them. What a function needs besides its values is prepared once for each kind of sizes, and kept as
 * long as there is memory for it.
 */
final class Evaluations {
    private static final int MOST = 16;

    private final DerivingEngine engine;
    private final Map<List<Object>, SoftReference<Task>> prepared = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, SoftReference<Task>> eldest) {
            return size() > MOST;
        }
    };

    Evaluations(DerivingEngine engine) {
        this.engine = engine;
    }

    /** Lets go of everything that was prepared. */
    void forget() {
        prepared.clear();
    }

    /** The number of programs that are kept. */
    int kept() {
        return prepared.size();
    }

    /** Evaluates; the answer is written later, when nothing can go wrong any more. */
    Conversation.Body of(Map<?, ?> message) {
        Workload module = Conversation.module(message);
        String function = Conversation.text(message, "function");
        if (!module.functions().contains(function)) {
            throw new InputException("module " + module.name() + " has no function \"" + function + "\"; it has "
                    + String.join(", ", module.functions()));
        } else if (!message.containsKey("input")) {
            throw new InputException("the message has no \"input\"");
        }
        Datum input = Datum.of("input", message.get("input"));
        double runs = least(input, "min_runs");
        double seconds = least(input, "min_seconds");
        Problem problem = module.problem(input);
        long start = System.nanoTime();
        Task task = task(module, function, problem);
        long preparing = System.nanoTime() - start;
        task.load(problem.point());
        List<Long> times = new ArrayList<>();
        long elapsed = 0;
        do {
            long before = System.nanoTime();
            task.run();
            times.add(System.nanoTime() - before);
            elapsed += times.get(times.size() - 1);
        } while (times.size() < runs || elapsed < seconds * 1e9);
        Object output = task.output();
        Values.checkFinite("output", output);
        return json -> {
            json.writeBooleanField("success", true);
            json.writeFieldName("output");
            Values.write(json, output);
            json.writeArrayFieldStart("timings");
            for (int i = -1; i < times.size(); i++) {
                json.writeStartObject();
                json.writeStringField("name", i < 0 ? "prepare" : "evaluate");
                json.writeNumberField("nanoseconds", i < 0 ? preparing : times.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        };
    }

    private static double least(Datum input, String field) {
        Datum given = input.isObject() ? input.optional(field) : null;
        return given == null ? 0 : given.number();
    }

    private Task task(Workload module, String function, Problem problem) {
        List<Object> key = List.of(module.name(), function, problem.sizes());
        SoftReference<Task> kept = prepared.get(key);
        Task known = kept == null ? null : kept.get();
        if (known == null) {
            known = problem.task(function, engine);
            prepared.put(key, new SoftReference<>(known));
        }
        return known;
    }
}
