/**
 * Forward accumulation: dual numbers over any algebra. Depends on {@code dualtape-core} only. Start with
 * {@link dualtape.forward.Duals}.
 */
package dualtape.forward;
