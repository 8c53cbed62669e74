/**
 * Checks of derivatives: witnesses that use values only, verdicts with a place, planted faults that the checks must catch.
 *
 * <p>A {@link dualtape.check.Witness} estimates derivatives by evaluating the same graph over other kinds of number, through
 * each operation's one definition; {@link dualtape.check.Balls} bound the rounding error of what an engine computed; a
 * {@link dualtape.check.Check} compares the two component by component, and {@link dualtape.check.Culprits} finds the
 * operation to blame. {@link dualtape.check.GradientCheck} does the same for functions that are not written as graphs. Depends
 * on the contract of engines. Start with {@link dualtape.check.Check}.
 */
package dualtape.check;
