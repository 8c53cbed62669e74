package dualtape.ir;

import java.util.List;

/**
 * The applications that a builder has made, found by operation and operands: what makes common subexpressions shared.
 * Open addressing, so that each application of a graph of millions costs a few bytes here.
 */
final class Applications {
    /** Below this length tables grow fourfold, so that an application is moved a third of a time on average, and not once. */
    private static final int QUICK = 1 << 21;

    private Application[] table = new Application[64];
    private int[] hashes = new int[64];
    private int size;

    /** A hash of an operation and the identities of what it is applied to. */
    static int hash(Op op, List<Node> operands) {
        int hash = op.hashCode();
        for (int i = 0; i < operands.size(); i++) {
            hash = Integer.rotateLeft((hash ^ operands.get(i).number()) * 0x9E3779B1, 15);
        }
        return hash;
    }

    /** The application of an operation to these very nodes, or null. */
    Application find(int hash, Op op, List<Node> operands) {
        for (int i = first(hash); table[i] != null; i = i + 1 & table.length - 1) {
            if (hashes[i] == hash && same(table[i], op, operands)) {
                return table[i];
            }
        }
        return null;
    }

    private static boolean same(Application known, Op op, List<Node> operands) {
        if (known.op() != op && !known.op().equals(op) || known.operands().size() != operands.size()) {
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            if (known.operands().get(i) != operands.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Adds an application that is not there yet. */
    void add(int hash, Application application) {
        if (2 * ++size > table.length) {
            grow();
        }
        put(hash, application);
    }

    private void put(int hash, Application application) {
        int i = first(hash);
        while (table[i] != null) {
            i = i + 1 & table.length - 1;
        }
        table[i] = application;
        hashes[i] = hash;
    }

    private void grow() {
        Application[] applications = table;
        int[] known = hashes;
        table = new Application[(applications.length < QUICK ? 4 : 2) * applications.length];
        hashes = new int[table.length];
        for (int i = 0; i < applications.length; i++) {
            if (applications[i] != null) {
                put(known[i], applications[i]);
            }
        }
    }

    private int first(int hash) {
        return hash * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(table.length) + 1;
    }
}
