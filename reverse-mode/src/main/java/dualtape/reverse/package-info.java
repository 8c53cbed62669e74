/**
 * Reverse accumulation: a tape over any algebra. Depends on {@code dualtape-core} only. Start with
 * {@link dualtape.reverse.Tape}.
 */
package dualtape.reverse;
