package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The bits of {@link Doubles} are those on record, whatever the JDK. Whoever changes a formula on purpose replaces the lines that
 * differ in {@code doubles.bits} by those of the failure's message.
 */
class SameBitsTest {
    private static final int POINTS = 20_000;

    @Test
    void resultsAreThoseOnRecord() throws IOException {
        String actual = Arrays.stream(Doubles.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .map(m -> m.getName() + " " + Long.toHexString(hash(m)) + "\n")
                .collect(Collectors.joining());
        try (InputStream recorded = SameBitsTest.class.getResourceAsStream("doubles.bits")) {
            assertEquals(new String(recorded.readAllBytes(), StandardCharsets.UTF_8), actual);
        }
    }

    private static long hash(Method method) {
        Random random = new Random(1);
        long hash = 0;
        for (int i = 0; i < POINTS; i++) {
            Object[] arguments = new Object[method.getParameterCount()];
            for (int j = 0; j < arguments.length; j++) {
                boolean integer = method.getParameterTypes()[j] == int.class;
                arguments[j] = integer ? (Object) random.nextInt(12) : (Object) draw(random);
            }
            hash = 31 * hash + Double.doubleToLongBits((double) Samples.invoke(method, null, arguments));
        }
        return hash;
    }

    /** One of three has any bits, the others are of moderate size; made without nextGaussian, whose algorithm JDKs changed. */
    private static double draw(Random random) {
        return random.nextInt(3) == 0
                ? Double.longBitsToDouble(random.nextLong())
                : (random.nextDouble() * 4 - 2) * Math.scalb(1.0, random.nextInt(12) - 5);
    }
}
