package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.Arrays;
import java.util.List;

/** Parts of matrices: triangles and diagonals. Each is linear and moves elements only. */
final class Triangles {
    private Triangles() {}

    private static void matrix(String symbol, Shape x) {
        if (x.rank() != 2) {
            throw new ShapeException(symbol + " takes a matrix, got the shape " + x);
        }
    }

    /**
     * The elements on and below diagonal {@code k} (on and above it, if not {@code lower}), zeros elsewhere. Diagonal 0 is
     * the main one, positive ones are above it. Its own transpose.
     */
    record Triangle(boolean lower, int k) implements Moving {
        @Override
        public String symbol() {
            return lower ? "tril" : "triu";
        }

        @Override
        public Shape shape(Shape x) {
            matrix(symbol(), x);
            return x;
        }

        /** The first column of row i that is kept. */
        private int from(int i, int columns) {
            return lower ? 0 : Math.min(columns, (int) Math.max(0, (long) i + k));
        }

        /** The column of row i behind the last that is kept. */
        private int to(int i, int columns) {
            return lower ? (int) Math.max(0, Math.min(columns, (long) i + k + 1)) : columns;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int columns = x.get(0).shape().extent(1);
            for (int p = 0; p < x.get(0).size(); p++) {
                int i = p / columns;
                boolean kept = p % columns >= from(i, columns) && p % columns < to(i, columns);
                y.get(0).set(p, kept ? x.get(0).get(p) : n.of(0));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return of(a, by);
        }

        @Override
        public Notation notation() {
            return k == 0 ? Notation.call(symbol()) : Notation.call(symbol(), "k=" + k);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int rows = operands.get(0).extent(0);
            int columns = operands.get(0).extent(1);
            return (x, xAt, y, yAt) -> {
                Arrays.fill(y[0], yAt[0], yAt[0] + rows * columns, 0);
                for (int i = 0; i < rows; i++) {
                    int at = i * columns + from(i, columns);
                    int length = Math.max(0, to(i, columns) - from(i, columns));
                    System.arraycopy(x[0], xAt[0] + at, y[0], yAt[0] + at, length);
                }
            };
        }
    }

    /** The diagonal of a square matrix. Its transpose is {@link DiagonalMatrix}. */
    record Diagonal() implements Moving {
        @Override
        public String symbol() {
            return "diag";
        }

        @Override
        public Shape shape(Shape x) {
            return Shape.of(Factored.square(symbol(), x));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int size = y.get(0).size();
            for (int i = 0; i < size; i++) {
                y.get(0).set(i, x.get(0).get(i * size + i));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new DiagonalMatrix().of(a, by);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int n = operands.get(0).extent(0);
            return (x, xAt, y, yAt) -> {
                for (int i = 0; i < n; i++) {
                    y[0][yAt[0] + i] = x[0][xAt[0] + i * n + i];
                }
            };
        }
    }

    /** The square matrix with a vector on its diagonal. Its transpose is {@link Diagonal}. */
    record DiagonalMatrix() implements Moving {
        @Override
        public String symbol() {
            return "diag";
        }

        @Override
        public Shape shape(Shape x) {
            if (x.rank() != 1) {
                throw new ShapeException(symbol() + " makes a matrix of a vector, got the shape " + x);
            }
            return Shape.of(x.size(), x.size());
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int size = x.get(0).size();
            for (int p = 0; p < size * size; p++) {
                y.get(0).set(p, p % (size + 1) == 0 ? x.get(0).get(p / (size + 1)) : n.of(0));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new Diagonal().of(a, by);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int n = operands.get(0).size();
            return (x, xAt, y, yAt) -> {
                Arrays.fill(y[0], yAt[0], yAt[0] + n * n, 0);
                for (int i = 0; i < n; i++) {
                    y[0][yAt[0] + i * (n + 1)] = x[0][xAt[0] + i];
                }
            };
        }
    }
}
