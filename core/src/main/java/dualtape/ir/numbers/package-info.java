/**
 * The kinds of number over which the definitions of the operations are evaluated, one class per kind.
 *
 * <ul>
 *   <li>{@link dualtape.ir.numbers.Doubles}: the methods that everything else is measured against and that generated
 *       code calls; {@link dualtape.ir.numbers.DoubleNumbers} is the same as a {@code Numbers<Double>}.
 *   <li>{@link dualtape.ir.numbers.DecimalNumbers}: decimals of 50 digits and more, the reference.
 *   <li>{@link dualtape.ir.numbers.ComplexNumbers}: complex numbers, for the complex step.
 *   <li>{@link dualtape.ir.numbers.IndexSets}: which inputs a value depends on, for sparsity patterns.
 *   <li>{@link dualtape.ir.numbers.SeriesNumbers}: truncated power series over another kind, for derivatives of any order.
 * </ul>
 *
 * <p>Depends on {@code dualtape.ir} and, for decimals, on Commons Math. Start reading at {@code Doubles}.
 */
package dualtape.ir.numbers;
