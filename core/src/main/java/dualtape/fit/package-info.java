/**
 * Derivatives handed to Commons Math: least squares with the Jacobian of any engine. Start with
 * {@link dualtape.fit.Residuals}.
 */
package dualtape.fit;
