/**
 * Both modes on one function at one point, step by step: the textbook tables, as text, JSON, LaTeX and drawings.
 *
 * <p>{@link dualtape.explain.Explanation} runs the function forward and back and keeps what a reader looks at;
 * {@link dualtape.explain.LocalRules} writes out each operation's rule over the names of its operands; one class for each
 * format prints. Depends on the engines' algebras, on {@code dualtape.lang.print} and on {@code dualtape.report}. Start
 * with {@link dualtape.explain.Explanation}.
 */
package dualtape.explain;
