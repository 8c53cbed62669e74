package dualtape.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** For parameterised tests: scenarios of the catalogue, each a {@link dualtape.scenario.Scenario}. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(ScenarioProvider.class)
public @interface ScenarioSource {
    /** Names, with *; all by default. */
    String[] value() default "*";
}
