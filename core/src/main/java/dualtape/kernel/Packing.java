package dualtape.kernel;

import java.util.Arrays;

/**
 * The blocks in which matrices are multiplied, and the order in which their elements are copied for it (K. Goto, R. van de Geijn, Anatomy
 * of high-performance matrix multiplication, ACM TOMS 34, 2008, doi:10.1145/1356052.1356053): {@link #ROWS} × {@link #TERMS} of A and
 * {@link #TERMS} × {@link #COLUMNS} of B at a time, in panels as wide as one tile of the result, so that the innermost loop reads
 * memory in order. Blocks of terms follow each other, so each element is still added in order.
 */
public final class Packing {
    /** The terms that are added before a tile is written back: a panel of B stays in the first cache. */
    static final int TERMS = 256;
    /** The rows of a block of A. */
    static final int ROWS = 64;
    /** The columns of a block of B, for which A is copied once. */
    static final int COLUMNS = 512;
    /** The rows of a tile of the result. */
    static final int TILE_ROWS = 4;
    /** The most columns that a tile has in any form. */
    static final int TILE_COLUMNS = 16;

    private Packing() {}

    /** The doubles of scratch memory that a product needs: a block of each operand and one tile. */
    public static int workspace(Strides s) {
        int terms = Math.min(s.k(), TERMS);
        return terms * (Math.min(up(s.m(), TILE_ROWS), ROWS) + Math.min(up(s.n(), TILE_COLUMNS), COLUMNS))
                + TILE_ROWS * TILE_COLUMNS;
    }

    private static int up(int n, int multiple) {
        return (n + multiple - 1) / multiple * multiple;
    }

    /** A block of B as rows of {@code columns} elements. */
    static void rows(Strides s, double[] b, int at, int terms, int columns, double[] w, int wAt) {
        for (int j = 0; j < columns; j++) {
            for (int q = 0; q < terms; q++) {
                w[wAt + q * columns + j] = b[at + q * s.bInner() + j * s.bColumn()];
            }
        }
    }

    /**
     * A block as panels of {@code width} rows or columns, filled up with zeros: element q of the panel's line i is at q · width + i.
     *
     * @param count the lines
     * @param line the distance of lines in memory
     * @param inner the distance of terms in memory
     */
    static void panels(double[] x, int at, int count, int terms, int line, int inner, int width, double[] w, int wAt) {
        int to = wAt;
        for (int i = 0; i < count; i += width) {
            int there = Math.min(width, count - i);
            int from = at + i * line;
            for (int q = 0; q < terms; q++) {
                for (int r = 0; r < there; r++) {
                    w[to + r] = x[from + r * line];
                }
                for (int r = there; r < width; r++) {
                    w[to + r] = 0;
                }
                to += width;
                from += inner;
            }
        }
    }

    /** The innermost loops. */
    interface Tile {
        /** Copies rows of neighbours, as wide as a tile, one {@code step} after the other, so that they follow each other. */
        void copy(int rows, double[] x, int at, int step, double[] w, int wAt);

        /**
         * Adds {@code terms} products of a panel of A and a panel of B, both in {@code w}, to a tile, which starts at zero or from
         * memory.
         */
        void add(int terms, double[] w, int aAt, int bAt, double[] c, int cAt, int cRow, boolean start);
    }

    /** c = A B by tiles of {@link #TILE_ROWS} rows and {@code width} columns. */
    static void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w, int wAt,
            int width, Tile tile) {
        if (s.k() == 0) {
            Arrays.fill(c, cAt, cAt + s.m() * s.n(), 0);
        }
        for (int q = 0; q < s.k(); q += TERMS) {
            int terms = Math.min(TERMS, s.k() - q);
            int bPanels = wAt + TILE_ROWS * TILE_COLUMNS;
            for (int j = 0; j < s.n(); j += COLUMNS) {
                int columns = Math.min(COLUMNS, s.n() - j);
                int aPanels = bPanels + terms * up(columns, width);
                int from = bAt + q * s.bInner() + j * s.bColumn();
                int whole = s.bColumn() == 1 ? columns - columns % width : 0;
                for (int k = 0; k < whole; k += width) {
                    tile.copy(terms, b, from + k, s.bInner(), w, bPanels + k * terms);
                }
                panels(b, from + whole * s.bColumn(), columns - whole, terms, s.bColumn(), s.bInner(), width, w,
                        bPanels + whole * terms);
                for (int i = 0; i < s.m(); i += ROWS) {
                    int rows = Math.min(ROWS, s.m() - i);
                    panels(a, aAt + q * s.aInner() + i * s.aRow(), rows, terms, s.aRow(), s.aInner(), TILE_ROWS, w,
                            aPanels);
                    tiles(s, terms, rows, columns, w, aPanels, bPanels, c, cAt + i * s.n() + j, wAt, width, q == 0,
                            tile);
                }
            }
        }
    }

    /** The tiles of one block. One that reaches over the edge is computed in scratch memory. */
    private static void tiles(Strides s, int terms, int rows, int columns, double[] w, int aPanels, int bPanels,
            double[] c,
            int cAt, int edge, int width, boolean start, Tile tile) {
        for (int j = 0; j < columns; j += width) {
            for (int i = 0; i < rows; i += TILE_ROWS) {
                int at = cAt + i * s.n() + j;
                if (i + TILE_ROWS <= rows && j + width <= columns) {
                    tile.add(terms, w, aPanels + i * terms, bPanels + j * terms, c, at, s.n(), start);
                    continue;
                }
                int high = Math.min(TILE_ROWS, rows - i);
                int wide = Math.min(width, columns - j);
                for (int r = 0; r < high; r++) {
                    System.arraycopy(c, at + r * s.n(), w, edge + r * width, wide);
                }
                tile.add(terms, w, aPanels + i * terms, bPanels + j * terms, w, edge, width, start);
                for (int r = 0; r < high; r++) {
                    System.arraycopy(w, edge + r * width, c, at + r * s.n(), wide);
                }
            }
        }
    }
}
