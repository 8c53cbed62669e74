/**
 * Forward accumulation: dual numbers over any algebra, and truncated power series for derivatives of any order. Depends on
 * {@code dualtape-core} only. Start with {@link dualtape.forward.Duals}; {@link dualtape.forward.Taylor} stands apart.
 */
package dualtape.forward;
