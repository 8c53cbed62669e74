/**
 * Sparse Jacobians and Hessians: which elements can differ from zero, found from the graph; a colouring of columns or rows
 * that share none; and the few sweeps that give all of them. Depends on {@code dualtape.ir} and {@code dualtape.engine}.
 * Start with {@link dualtape.sparse.SparseJacobian} and {@link dualtape.sparse.SparseHessian}.
 *
 * <p>The colourings are written here: the maintained graph library that has some, JGraphT, is under the LGPL or EPL, and
 * colours a graph in which the columns' intersections are written out, which is what has to be avoided.
 */
package dualtape.sparse;
