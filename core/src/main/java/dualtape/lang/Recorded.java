package dualtape.lang;

import dualtape.ir.Node;
import dualtape.ir.Tensor;

/**
 * A value and the node that stands for it.
 *
 * @param value what it is at the point of the run
 * @param node what computes it anywhere
 * @param depends whether it depends on an input: then what it steers needs a guard
 */
record Recorded(Tensor value, Node node, boolean depends) {}
