/**
 * Named functions with points and known derivatives: one table for tests, comparisons and timings. Depends on
 * {@code dualtape.lang} and the contract in {@code dualtape.engine}. Start with {@link dualtape.scenario.Scenario}.
 */
package dualtape.scenario;
