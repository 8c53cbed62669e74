package dualtape.sparse;

import java.util.Arrays;

/**
 * Greedy star colouring. A vertex gets the least colour that no neighbour has and that closes no path of four in two
 * colours, whether the vertex is the path's end or one of its middle. Two tables answer that without walking paths: which
 * neighbour of v is the only one of a colour, and which colours an end at v would close a path with. So a hub with n
 * neighbours costs n, not n².
 */
final class StarColouring {
    private static final int SEVERAL = -2;

    private final Pattern graph;
    private final int[] colours;
    /** By vertex and colour: the only neighbour of that colour, or SEVERAL. */
    private final PairTable only;
    /** By vertex w and colour c: present if a neighbour of w has colour c and another neighbour of w's colour. */
    private final PairTable closing;
    private final int[] mark;

    StarColouring(Pattern graph) {
        this.graph = graph;
        this.colours = new int[graph.rows()];
        Arrays.fill(colours, -1);
        this.only = new PairTable(graph.size());
        this.closing = new PairTable(16);
        this.mark = new int[graph.rows() + 1];
        Arrays.fill(mark, -1);
    }

    Colouring greedy(int[] order) {
        for (int v : order) {
            if (graph.start(v) < graph.start(v + 1)) {
                give(v, least(v));
            }
        }
        return new Colouring(colours.clone());
    }

    private int least(int v) {
        for (int k = graph.start(v); k < graph.start(v + 1); k++) {
            int w = graph.column(k);
            if (w != v && colours[w] >= 0) {
                mark[colours[w]] = v;
            }
        }
        int colour = 0;
        while (mark[colour] == v || closesPath(v, colour)) {
            colour++;
        }
        return colour;
    }

    private boolean closesPath(int v, int colour) {
        for (int k = graph.start(v); k < graph.start(v + 1); k++) {
            int w = graph.column(k);
            if (w == v || colours[w] < 0) {
                continue;
            }
            boolean atEnd = closing.get(w, colour) != PairTable.ABSENT;
            boolean inMiddle = only.get(v, colours[w]) == SEVERAL && only.get(w, colour) != PairTable.ABSENT;
            if (atEnd || inMiddle) {
                return true;
            }
        }
        return false;
    }

    private void give(int v, int colour) {
        colours[v] = colour;
        for (int k = graph.start(v); k < graph.start(v + 1); k++) {
            int x = graph.column(k);
            if (x == v) {
                continue;
            }
            int other = only.get(x, colour);
            only.put(x, colour, other == PairTable.ABSENT ? v : SEVERAL);
            if (colours[x] >= 0 && other != PairTable.ABSENT) { // v – x – other, ends alike
                closing.put(v, colours[x], 1);
                if (other != SEVERAL) {
                    closing.put(other, colours[x], 1);
                }
            }
            if (colours[x] >= 0 && only.get(v, colours[x]) == SEVERAL) { // x – v – another of x's colour
                closing.put(x, colour, 1);
            }
        }
    }
}
