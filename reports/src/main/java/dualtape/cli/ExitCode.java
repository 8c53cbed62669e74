package dualtape.cli;

/** How a command ends: the same numbers for every command. */
enum ExitCode {
    OK(0, "done"),
    INTERNAL(1, "an internal error"),
    USAGE(2, "bad usage or input"),
    DISAGREE(3, "derivatives disagree, or a planted fault was missed"),
    SLOWER(4, "a performance regression"),
    UNRESOLVED(5, "unresolved, under --strict"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
