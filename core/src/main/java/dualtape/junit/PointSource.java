package dualtape.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** For parameterised tests: seeded random points, each a {@code double[]}. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(PointProvider.class)
public @interface PointSource {
    /** The interval of each number, as in {@code (0, 10)}. */
    String domain();

    /** How many numbers a point has. */
    int size() default 1;

    /** How many points. */
    int points() default 20;

    /** Of the points. */
    long seed() default 1;
}
