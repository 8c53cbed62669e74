/**
 * Checks of derivatives in JUnit 5: assertions, a test template over random points, sources of points and scenarios, golden files.
 * Whoever uses it has JUnit Jupiter on the class path; nothing else here needs it. Depends on {@code dualtape.check}. Start with
 * {@link dualtape.junit.GradientAssertions}.
 */
package dualtape.junit;
