/**
 * The contract of differentiation engines: sources and points go in, values, derivatives and costs come out. Engines
 * are found with {@link java.util.ServiceLoader}; the two baselines (numeric and symbolic differentiation) live here.
 * Depends on {@code dualtape.ir}, {@code dualtape.op} and {@code dualtape.program}. Start with
 * {@link dualtape.engine.Engine}.
 */
package dualtape.engine;
