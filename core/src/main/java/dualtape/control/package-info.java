/**
 * Structured control flow: scan (and map), while, cond and a user's own operations, each one operation whose bodies are
 * graphs, with derivatives that keep the structure. Depends on {@code dualtape.ir}. Start with
 * {@link dualtape.control.Control}.
 */
package dualtape.control;
