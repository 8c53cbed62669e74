/**
 * The command line: one class per command over {@link dualtape.cli.Main}.
 *
 * <p>Commands parse arguments and print; the work is done in the packages below. Start reading at {@link dualtape.cli.Main}.
 */
package dualtape.cli;
