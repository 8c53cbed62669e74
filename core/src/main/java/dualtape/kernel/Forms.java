package dualtape.kernel;

import java.util.Locale;

/**
 * Which form of the kernels runs. Vector code that the compiler has not seen yet is ten times slower than a plain loop, and allocates;
 * so each task starts portable, and once it has had work for some milliseconds its vector form is warmed beside it, on a thread of its
 * own. It takes over when a call allocates nothing and is faster. The bits are the same, so nobody sees the change.
 *
 * <p>The system property {@code dualtape.vector} forces one form: {@code on} the vectors from the first call, {@code off} plain loops.
 * Without the module {@code jdk.incubator.vector} everything is portable.
 */
public final class Forms {
    /** The property: {@code on}, {@code off} or {@code auto}. */
    public static final String PROPERTY = "dualtape.vector";

    /** Elements after which warming a vector form pays: some ten milliseconds of work. */
    private static final long PATIENCE = 1 << 21;
    /** So many times the elements so far have to come before a form that has lost is warmed again: it may have had bad luck. */
    private static final long AGAIN = 4;

    private static final TensorKernels PORTABLE = new PortableKernels();
    private static final TensorKernels VECTOR = vector();
    private static final TensorKernels[] NOW = new TensorKernels[Task.values().length];
    private static final boolean[] DECIDED = new boolean[NOW.length];
    /** The elements that each task has had, about: counted without a lock. */
    private static final long[] SEEN = new long[NOW.length];
    /** The elements after which each is warmed. */
    private static final long[] WORTH = new long[NOW.length];

    static {
        boolean forced = setting().equals("on");
        if (forced && VECTOR == null) {
            throw new IllegalStateException("-D" + PROPERTY + "=on, but there are no vectors: " + why());
        }
        for (int task = 0; task < NOW.length; task++) {
            WORTH[task] = PATIENCE;
            NOW[task] = forced ? VECTOR : PORTABLE;
            DECIDED[task] = forced || VECTOR == null || !optimises();
        }
    }

    private Forms() {}

    /** The form that does a task of {@code elements} elements now. */
    public static TensorKernels of(Task task, long elements) {
        int index = task.ordinal();
        long seen = SEEN[index] + elements;
        SEEN[index] = seen;
        if (seen > WORTH[index] && !DECIDED[index]) {
            DECIDED[index] = true;
            Warming.start(new TaskSubject(task, PORTABLE, VECTOR));
        }
        return NOW[index];
    }

    /** The elements that a task has had so far, about. */
    static long seen(Task task) {
        return SEEN[task.ordinal()];
    }

    /** From now on a task is done by this form. */
    static void use(Task task, TensorKernels form) {
        NOW[task.ordinal()] = form;
    }

    /** A form that was not faster is tried again after a while. */
    static void later(Task task) {
        WORTH[task.ordinal()] = AGAIN * SEEN[task.ordinal()];
        DECIDED[task.ordinal()] = false;
    }

    /** The plain loops. */
    public static TensorKernels portable() {
        return PORTABLE;
    }

    /** The vector kernels, or null where there are none. */
    public static TensorKernels vectors() {
        return VECTOR;
    }

    /** One line: the form in use and, if that is the portable one, why. */
    public static String describe() {
        if (VECTOR != null && (setting().equals("on") || optimises())) {
            return setting().equals("on") ? "vector kernels" : "vector kernels, once they are warm";
        }
        return "portable kernels: " + why();
    }

    /** Whether vectors serve from the first call on. */
    public static boolean forced() {
        return setting().equals("on");
    }

    /** Whether vectors serve once they are warm. */
    public static boolean warms() {
        return VECTOR != null && !forced() && optimises();
    }

    private static String why() {
        if (setting().equals("off")) {
            return "-D" + PROPERTY + "=off";
        }
        if (VECTOR != null) {
            return "this Java runs without its optimising compiler";
        }
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? "the vector kernels do not fit this machine or Java"
                : "add the flag --add-modules jdk.incubator.vector to java";
    }

    /** Whether there is a compiler that knows vectors: not with -Xint or -XX:TieredStopAtLevel=1. */
    private static boolean optimises() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("interpreted") && !mode.contains("emulated-client");
    }

    private static String setting() {
        String setting = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
        if (!setting.equals("on") && !setting.equals("off") && !setting.equals("auto")) {
            throw new IllegalArgumentException("-D" + PROPERTY + "=" + setting + ": expected on, off or auto");
        }
        return setting;
    }

    private static TensorKernels vector() {
        if (setting().equals("off") || ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return null;
        }
        try {
            return (TensorKernels) Class.forName("dualtape.kernel.VectorKernels").getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // another Java's vectors, or none on this machine
        }
    }
}
