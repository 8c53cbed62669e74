/**
 * Graphs as text: in the language itself, in LaTeX, as DOT and as Mermaid. Depends on {@code dualtape.ir} and
 * {@code dualtape.lang}. Nothing here recurses, so graphs of any size print. Start with
 * {@link dualtape.lang.print.TextPrinter}.
 */
package dualtape.lang.print;
