/**
 * The kinds of number over which the definitions of the operations are evaluated, one class per kind.
 *
 * <ul>
 *   <li>{@link dualtape.ir.numbers.Doubles}: the methods that everything else is measured against and that generated
 *       code calls; {@link dualtape.ir.numbers.DoubleNumbers} is the same as a {@code Numbers<Double>}.
 * </ul>
 *
 * <p>Depends on {@code dualtape.ir}. Start reading at {@code Doubles}.
 */
package dualtape.ir.numbers;
