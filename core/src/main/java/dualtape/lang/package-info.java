/**
 * The text language: programs as people type them, run on values while their graph is recorded. Depends on
 * {@code dualtape.ir}, {@code dualtape.op} and the contract in {@code dualtape.engine}. Start with
 * {@link dualtape.lang.Language}.
 */
package dualtape.lang;
