/**
 * Programs: a graph lowered to run over doubles, with its memory planned. Depends on {@code dualtape.ir} and on the
 * structured operations of {@code dualtape.op}. Start with {@link dualtape.program.Program}.
 */
package dualtape.program;
