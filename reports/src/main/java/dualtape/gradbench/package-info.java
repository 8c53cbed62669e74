/**
 * The GradBench protocol: messages in JSON, one a line, asking for functions of the modules in {@code dualtape.workload}. Start with
 * {@link dualtape.gradbench.Conversation}.
 */
package dualtape.gradbench;
