package dualtape.junit;

import dualtape.check.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a {@link GradientTest} at its points. */
final class GradientTestExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), GradientTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        GradientTest test = AnnotationSupport.findAnnotation(context.getTestMethod(), GradientTest.class).orElseThrow();
        if (test.points() < 1 || test.size() < 1 || test.order() < 1 || test.order() > 2) {
            throw new IllegalArgumentException(
                    "@GradientTest: points and size must be positive and order 1 or 2; got points = "
                            + test.points() + ", size = " + test.size() + ", order = " + test.order());
        }
        Domain domain = Domain.parse(test.domain());
        SplittableRandom random = new SplittableRandom(test.seed());
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        for (int p = 1; p <= test.points(); p++) {
            invocations.add(new Invocation(
                    new GradientPoint(p, domain.random(random, test.size()), test.order(), test.seed())));
        }
        return invocations.stream();
    }

    private record Invocation(GradientPoint point) implements TestTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int index) {
            return point.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == GradientPoint.class || type == double[].class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == double[].class ? point.x().clone() : point;
        }
    }
}
