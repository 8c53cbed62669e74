package dualtape.junit;

import dualtape.check.Domain;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;

/** The points of a {@link PointSource}. */
final class PointProvider implements ArgumentsProvider, AnnotationConsumer<PointSource> {
    private PointSource source;

    @Override
    public void accept(PointSource annotation) {
        source = annotation;
    }

    @Override
    @SuppressWarnings("deprecation") // its successor is not in the earlier releases of JUnit 5
    public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
        Domain domain = Domain.parse(source.domain());
        SplittableRandom random = new SplittableRandom(source.seed());
        return Stream.generate(() -> Arguments.of((Object) domain.random(random, source.size())))
                .limit(source.points());
    }
}
