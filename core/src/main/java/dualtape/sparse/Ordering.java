package dualtape.sparse;

/** In which order a greedy colouring takes its vertices. None is best for every pattern, and all are cheap. */
enum Ordering {
    /** As they come. */
    NATURAL {
        @Override
        int[] of(Pattern neighbours) {
            int[] order = new int[neighbours.rows()];
            for (int v = 0; v < order.length; v++) {
                order[v] = v;
            }
            return order;
        }
    },
    /** Those with most elements first (Welsh, Powell 1967). */
    LARGEST_FIRST {
        @Override
        int[] of(Pattern neighbours) {
            Buckets buckets = new Buckets(neighbours);
            int[] order = new int[neighbours.rows()];
            for (int k = order.length - 1; k >= 0; k--) {
                order[k] = buckets.takeSmallest();
            }
            return order;
        }
    },
    /** Last the one with fewest neighbours among those that are left, and so on (Matula, Beck 1983). Of square patterns. */
    SMALLEST_LAST {
        @Override
        int[] of(Pattern neighbours) {
            Buckets buckets = new Buckets(neighbours);
            int[] order = new int[neighbours.rows()];
            for (int k = order.length - 1; k >= 0; k--) {
                order[k] = buckets.takeSmallest();
                for (int p = neighbours.start(order[k]); p < neighbours.start(order[k] + 1); p++) {
                    buckets.decrease(neighbours.column(p));
                }
            }
            return order;
        }
    };

    /** The rows of a pattern, all of them, in this order. */
    abstract int[] of(Pattern neighbours);

    /** Vertices by degree, in doubly linked lists. The last of equals comes first, so that orders from behind are stable. */
    private static final class Buckets {
        private final int[] degree;
        private final int[] next;
        private final int[] previous;
        private final int[] first;
        private int smallest;

        Buckets(Pattern neighbours) {
            int n = neighbours.rows();
            degree = new int[n];
            next = new int[n];
            previous = new int[n];
            first = new int[neighbours.longestRow() + 1];
            java.util.Arrays.fill(first, -1);
            for (int v = 0; v < n; v++) {
                degree[v] = neighbours.start(v + 1) - neighbours.start(v);
                link(v);
            }
        }

        private void link(int v) {
            next[v] = first[degree[v]];
            previous[v] = -1;
            if (next[v] >= 0) {
                previous[next[v]] = v;
            }
            first[degree[v]] = v;
        }

        private void unlink(int v) {
            if (previous[v] >= 0) {
                next[previous[v]] = next[v];
            } else {
                first[degree[v]] = next[v];
            }
            if (next[v] >= 0) {
                previous[next[v]] = previous[v];
            }
        }

        int takeSmallest() {
            while (first[smallest] < 0) {
                smallest++;
            }
            int v = first[smallest];
            unlink(v);
            degree[v] = -1;
            return v;
        }

        void decrease(int v) {
            if (degree[v] > 0) {
                unlink(v);
                degree[v]--;
                link(v);
                smallest = Math.min(smallest, degree[v]);
            }
        }
    }
}
