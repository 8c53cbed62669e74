/**
 * Functions as people differentiate them: the twelve modules of the GradBench suite as graphs, each in a file of its own with its
 * input's fields, its functions, a seeded input. Derivatives come from the engines. Depends on {@code dualtape.engine},
 * {@code dualtape.control}, {@code dualtape.op}. Start with {@link dualtape.workload.Workload} and
 * {@link dualtape.workload.LogSumExp}, which is the shortest.
 */
package dualtape.workload;
