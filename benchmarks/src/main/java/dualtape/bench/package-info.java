/**
 * Measurements: engines compared on one function, growth studied over families, statistics, and the JMH subjects.
 * Depends on core and both modes. Start with {@link dualtape.bench.Comparison}.
 */
package dualtape.bench;
