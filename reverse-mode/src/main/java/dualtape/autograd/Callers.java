package dualtape.autograd;

/** Finds the line of the user's program that is running. */
final class Callers {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Callers() {}

    /** The innermost line outside of the toolkit, or null. */
    static StackTraceElement line() {
        return WALKER.walk(frames -> frames.filter(frame -> !isOurs(frame.getClassName())).findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement).orElse(null));
    }

    private static boolean isOurs(String name) {
        return name.startsWith("dualtape.autograd.") && !name.endsWith("Test") && !name.contains("Test$")
                || name.startsWith("dualtape.ir.") || name.startsWith("dualtape.op.") || name.startsWith("java.")
                || name.startsWith("dualtape.engine.");
    }
}
