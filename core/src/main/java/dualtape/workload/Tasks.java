package dualtape.workload;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tasks of the two common kinds: the outputs of a graph, and a derivative by an engine. */
final class Tasks {
    private Tasks() {}

    /** The outputs of a graph, put together as the module wants them. */
    static Task outputs(Graph graph, Function<List<Tensor>, Object> result) {
        Layout layout = Layout.of(graph.inputs());
        Workspace workspace = Program.packed(graph, graph.inputs().size()).workspace();
        return of(layout, x -> {
            workspace.bindPacked(x, 0);
            workspace.run();
        }, () -> {
            List<Tensor> values = new ArrayList<>();
            for (int i = 0; i < graph.outputs().size(); i++) {
                values.add(workspace.tensor(i));
            }
            return result.apply(values);
        });
    }

    /** The value of a scalar function. */
    static Task value(Graph graph) {
        return outputs(graph, values -> values.get(0).value());
    }

    /** What a derivative gives. */
    interface Result {
        /** From the layout of the derivative's parts and its numbers. */
        Object of(Layout layout, double[] derivative);
    }

    /** A derivative, prepared by an engine, swept as often as it needs. */
    static Task derivative(DerivingEngine engine, Graph graph, List<String> wrt, Operator operator, Result result) {
        Prepared prepared = engine.prepare(new Traced(Source.of("workload", graph), graph, List.of()),
                Request.of(operator, wrt));
        double[] value = new double[prepared.rows()];
        double[] derivative = new double[prepared.derivativeSize()];
        return of(prepared.inputs(), x -> prepared.run(x, value, derivative),
                () -> result.of(prepared.derivatives(), derivative));
    }

    /** A task on a flat point. */
    static Task of(Layout layout, Consumer<double[]> run, Supplier<Object> output) {
        return new Task() {
            private double[] x;

            @Override
            public void load(Point at) {
                x = layout.flatten(at);
            }

            @Override
            public void run() {
                run.accept(x);
            }

            @Override
            public Object output() {
                return output.get();
            }
        };
    }

    /** A gradient as an object: a part by each input, in its shape. */
    static Object byName(Layout layout, double[] gradient) {
        return layout.tensors(gradient);
    }

    /** A gradient, its parts one after the other. */
    static Object flat(Layout layout, double[] gradient) {
        return Tensor.vector(gradient);
    }

    /** An input's fields by name, in order: names and values in turn. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
