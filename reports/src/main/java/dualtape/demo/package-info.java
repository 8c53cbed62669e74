/**
 * The lecture, runnable: one lesson a file, each a short program that prints what it does. {@code dualtape demo} lists them.
 */
package dualtape.demo;
