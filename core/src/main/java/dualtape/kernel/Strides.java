package dualtape.kernel;

/**
 * How a product of matrices walks through memory: element (i, j) of the result, row-major, is Σ a[i · aRow + q · aInner] ·
 * b[q · bInner + j · bColumn] over q. A transposed operand is one whose two distances are exchanged.
 *
 * @param m the rows of the result
 * @param k the number of terms in each sum
 * @param n the columns of the result
 * @param aRow the distance of rows of the left operand, as it is multiplied
 * @param aInner the distance of terms in the left operand
 * @param bInner the distance of terms in the right operand
 * @param bColumn the distance of columns of the right operand
 */
public record Strides(int m, int k, int n, int aRow, int aInner, int bInner, int bColumn) {}
