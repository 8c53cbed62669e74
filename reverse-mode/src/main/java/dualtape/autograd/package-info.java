/**
 * Recorded variables: tensors that remember how they were computed, as in PyTorch and in MXNet's {@code autograd.record}. The
 * implicit way to a graph: Java runs, with its own loops and branches, and leaves the graph of what ran.
 */
package dualtape.autograd;
