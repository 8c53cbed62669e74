/**
 * The tables of operations: what each computes, and its derivative rule, stated once. Depends on {@code dualtape.ir}
 * only. Start with {@link dualtape.op.Exponential}.
 */
package dualtape.op;
