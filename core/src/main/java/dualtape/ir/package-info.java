/**
 * The intermediate representation: what an expression is, apart from every way to run or differentiate it.
 *
 * <p>A {@link dualtape.ir.Graph} holds applications of operations. What an operation means depends on the
 * {@link dualtape.ir.Algebra} in which the graph is evaluated; its value and its derivative rule are stated once, in
 * its {@link dualtape.ir.Op}. This package knows no table of operations, no engine and no backend. Start with
 * {@code Op}, then {@code Rule}, then {@code Graph}.
 */
package dualtape.ir;
