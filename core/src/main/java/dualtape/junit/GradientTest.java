package dualtape.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs at seeded random points, one display name a point. The method takes a {@link GradientPoint}, or a
 * {@code double[]}:
 *
 * <pre>{@code
 * @GradientTest(points = 50, seed = 7, size = 3, domain = "(0, 10)")
 * void logOfSum(GradientPoint at) {
 *     at.agrees(MyFunctions::logOfSum, MyFunctions::gradientOfLogOfSum);
 * }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(GradientTestExtension.class)
public @interface GradientTest {
    /** How many points. */
    int points() default 20;

    /** Of the points and of directions. */
    long seed() default 1;

    /** 1; or 2 to check second derivatives too: see {@link GradientPoint}. */
    int order() default 1;

    /** How many numbers a point has. */
    int size() default 1;

    /** The interval of each number, as in {@code (0, 10)}. */
    String domain() default "(-1, 1)";
}
