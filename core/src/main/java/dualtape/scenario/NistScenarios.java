package dualtape.scenario;

import dualtape.engine.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Real data: sets of NIST's nonlinear regression (StRD, public domain), the residuals and the sum of their squares. */
public final class NistScenarios implements Scenario.Table {
    private static final List<String> SETS = List.of("misra1a", "mgh17", "hahn1", "kirby2");

    /**
     * One data set.
     *
     * @param name lower case
     * @param residuals the text of the residuals, of inputs x, y and b
     * @param start the start far from the solution
     * @param near the start near it
     * @param certified the certified parameters, 11 digits
     * @param sumOfSquares the certified residual sum of squares
     * @param x the predictor
     * @param y the response
     */
    public record DataSet(
            String name, String residuals, double[] start, double[] near, double[] certified, double sumOfSquares,
            double[] x,
            double[] y) {
        /** A point with these parameters. */
        public Point at(double[] b) {
            return Point.of("b", b, "x", x, "y", y);
        }
    }

    @Override
    public List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (DataSet set : dataSets()) {
            Point point = set.at(set.near());
            String from = "NIST StRD, nonlinear regression";
            scenarios.add(new Scenario("nist/" + set.name(), "the residual sum of squares of " + set.name(), from,
                    "r = " + set.residuals() + "; dot(r, r)", null, "", point, List.of("b"), Map.of(), true));
            scenarios.add(new Scenario("nist/" + set.name() + "-residuals", "the residuals of " + set.name(), from,
                    set.residuals(), null, "", point, List.of("b"), Map.of(), true));
        }
        return scenarios;
    }

    /** All data sets. */
    public static List<DataSet> dataSets() {
        return SETS.stream().map(NistScenarios::read).toList();
    }

    private static DataSet read(String name) {
        Map<String, String> fields = new HashMap<>();
        InputStream stream = Objects.requireNonNull(NistScenarios.class.getResourceAsStream("nist/" + name + ".txt"),
                name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new DataSet(name, fields.get("residuals"), numbers(fields.get("start 1")),
                numbers(fields.get("start 2")),
                numbers(fields.get("certified")), Double.parseDouble(fields.get("residual sum of squares")),
                numbers(fields.get("x")), numbers(fields.get("y")));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
