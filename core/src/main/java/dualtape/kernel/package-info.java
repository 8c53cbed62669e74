/**
 * The inner loops over {@code double[]}, and the elementary functions that they and everything else compute with. Knows nothing of
 * graphs or shapes. Start at {@link dualtape.kernel.TensorKernels}.
 *
 * <p><b>Same bits everywhere.</b> Whichever form runs, portable or vector, the result has the same bits: sums have one layout, and a
 * function of one element is one polynomial, written once for a number and once for a vector of them.
 */
package dualtape.kernel;
