package dualtape.junit;

import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;

/** The scenarios of a {@link ScenarioSource}, under their names. */
final class ScenarioProvider implements ArgumentsProvider, AnnotationConsumer<ScenarioSource> {
    private String[] names;

    @Override
    public void accept(ScenarioSource annotation) {
        names = annotation.value();
    }

    @Override
    @SuppressWarnings("deprecation") // its successor is not in the earlier releases of JUnit 5
    public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : names) {
            List<Scenario> matching = Scenarios.matching(name);
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("@ScenarioSource: no scenario is named \"" + name + "\"");
            }
            scenarios.addAll(matching);
        }
        return scenarios.stream().distinct().map(scenario -> Arguments.of(Named.of(scenario.name(), scenario)));
    }
}
