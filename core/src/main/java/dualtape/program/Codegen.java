package dualtape.program;

import dualtape.control.Scan;

/**
 * The policy: what is generated and when. A loop is generated at once, when it is lowered, if a run of it does more than
 * generating it costs; straight-line code after so many runs that it pays. Generated code gives the bits that the
 * interpreter gives; {@code -Ddualtape.codegen=off} leaves everything to that.
 */
final class Codegen {
    /** Elementary operations of a run of a loop from which on it is generated. */
    static final int WORTH = 512;

    private Codegen() {}

    /** Whether code is generated. Read anew each time, so that a program can be lowered in both ways. */
    static boolean on() {
        return !"off".equals(System.getProperty("dualtape.codegen"));
    }

    /** Whether a scan becomes a generated loop. */
    static boolean loops(Scan scan) {
        return on() && scan.work(scan.body().inputs().stream().map(input -> input.shape()).toList()) >= WORTH;
    }
}
