package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Kernel;
import dualtape.program.ScanCode.Apart;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.Function;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.LimitExceededException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Kernels generated from scans: the loop and the loops inside it as one method of a hidden class. */
final class LoopCode {
    /** The JVM leaves a longer method to its interpreter, for good. */
    static final int LONGEST = 8_000;

    private static final String BASE = "dualtape/program/Generated";
    /** The name of each generated class. */
    static final String SELF = BASE + "Loop";
    private static final String LANES = "dualtape/program/LaneLoop";
    private static final String RUN = "([[D[I[[D[I)V";
    private static final String WHOLE = "([[D[I[[D[II)Z";
    private static final String CONSTRUCTOR = "([D[Ldualtape/program/Generated$Call;I)V";
    private static final MethodType MAKE = MethodType.methodType(Kernel.class, double[].class, Generated.Call[].class,
            int.class);

    private LoopCode() {}

    /** Whether the loop is not longer than what the JVM compiles. */
    static boolean fits(Scan scan) {
        return write(begin(BASE), "run", RUN,
                code -> BodyCode.write(code, scan, 0, new BodyCode.Bodies(), null)) != null;
    }

    /** The loop, or null if it would be longer than what the JVM compiles. */
    static Kernel of(Scan scan) {
        BodyCode.Bodies bodies = new BodyCode.Bodies();
        Kernel both = onBoth(scan, bodies);
        if (both != null) {
            return both;
        }
        Kernel loop = scalar(scan, bodies.with(true, Apart.VECTORS));
        loop = loop != null ? loop : scalar(scan, bodies.with(false, Apart.VECTORS));
        return loop != null ? loop : scalar(scan, bodies.with(false, Apart.ALL));
    }

    /** A loop inside another as a kernel of its own; null if it should be written with the other, or does too little to pay for a call. */
    static Kernel apart(Scan scan, Apart which) {
        if (which == Apart.NONE || !Codegen.loops(scan)) {
            return null;
        }
        return which == Apart.ALL ? of(scan) : onBoth(scan, new BodyCode.Bodies());
    }

    /**
     * A loop over doubles that serves until its form on vectors is warm. Its short loops are not written out: that would take the
     * compiler from the vectors.
     */
    private static Kernel onBoth(Scan scan, BodyCode.Bodies bodies) {
        int lanes = LaneLoop.lanes(scan);
        int workspace = lanes == 0 ? 0 : workspaceOnVectors(scan, lanes, bodies);
        Kernel loop = workspace == 0 ? null : scalar(scan, bodies.with(false, Apart.NONE));
        return loop == null ? null : Warm.of(scan, lanes, loop, workspace);
    }

    /** The loop over doubles where vectors have turned out to be slower, or null if it is too long. */
    static Kernel onDoubles(Scan scan) {
        return scalar(scan, new BodyCode.Bodies());
    }

    /** The loop over doubles, or null if it is too long. */
    private static Kernel scalar(Scan scan, BodyCode.Bodies bodies) {
        ClassWriter writer = begin(BASE);
        BodyCode body = write(writer, "run", RUN,
                code -> BodyCode.write(code, scan, 0, bodies, bodies.unrolls ? null : writer));
        if (body == null) {
            return null;
        }
        writer.visitEnd();
        return make(writer, body, body.workspace());
    }

    /** The scratch memory of the form on vectors, 0 if there is none: found by writing it to nowhere, which is much faster. */
    private static int workspaceOnVectors(Scan scan, int lanes, BodyCode.Bodies bodies) {
        ClassVisitor nowhere = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {};
            }
        };
        try {
            BodyCode whole = write(nowhere, "whole", WHOLE, code -> LaneLoop.write(code, scan, lanes, bodies, nowhere));
            return whole == null ? 0 : whole.workspace();
        } catch (LaneCode.None e) {
            return 0;
        }
    }

    /** The form on vectors, or null if it is too long. Its two methods have the partial sums at the same places. */
    static Kernel onVectors(Scan scan, int lanes) {
        ClassWriter writer = begin(LANES);
        BodyCode.Bodies bodies = new BodyCode.Bodies();
        BodyCode rest = write(writer, "run", RUN,
                code -> BodyCode.write(code, scan, lanes, bodies.with(false, Apart.NONE), null));
        BodyCode whole = write(writer, "whole", WHOLE, code -> LaneLoop.write(code, scan, lanes, bodies, writer));
        writer.visitEnd();
        if (rest == null || whole == null) {
            return null;
        }
        boolean none = scan.length() % lanes == 0; // then no trips are left, and no constants for them
        return !none && !Arrays.equals(rest.constants(), whole.constants()) ? null
                : make(writer, none ? whole : rest, Math.max(rest.workspace(), whole.workspace()));
    }

    /** Writes a public method; null if it is too long. */
    private static BodyCode write(ClassVisitor writer, String name, String descriptor,
            Function<Code, BodyCode> body) {
        try {
            return method(writer, Opcodes.ACC_PUBLIC, name, descriptor, descriptor.equals(RUN) ? 5 : 6, body);
        } catch (Code.TooLong | LimitExceededException e) {
            return null;
        }
    }

    /**
     * Writes a method.
     *
     * @throws Code.TooLong if it is longer than what the JVM compiles
     */
    static BodyCode method(ClassVisitor writer, int access, String name, String descriptor, int locals,
            Function<Code, BodyCode> body) {
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        BodyCode written = body.apply(new Code(method, locals));
        Label end = new Label();
        method.visitLabel(end);
        method.visitMaxs(0, 0);
        method.visitEnd();
        if (writer instanceof ClassWriter && end.getOffset() > LONGEST) {
            throw new Code.TooLong();
        }
        return written;
    }

    private static Kernel make(ClassWriter writer, BodyCode body, int workspace) {
        MethodHandle constructor = define(writer.toByteArray());
        Generated.Calling.Loop loop = (constants, calls, size) -> {
            try {
                return (Kernel) constructor.invokeExact(constants, calls, size);
            } catch (Throwable e) {
                throw new IllegalStateException("a generated loop", e);
            }
        };
        return body.calls().isEmpty()
                ? loop.make(body.constants(), new Generated.Call[0], workspace)
                : new Generated.Calling(loop, body.constants(), body.calls(), workspace);
    }

    /** A class that extends {@link Generated} or {@link LaneLoop}, with its constructor. */
    private static ClassWriter begin(String base) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, SELF, null, base, null);
        writer.visitSource("scan", null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", CONSTRUCTOR, null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitVarInsn(Opcodes.ALOAD, 1);
        constructor.visitVarInsn(Opcodes.ALOAD, 2);
        constructor.visitVarInsn(Opcodes.ILOAD, 3);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, base, "<init>", CONSTRUCTOR, false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        return writer;
    }

    private static MethodHandle define(byte[] bytes) {
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return lookup.findConstructor(lookup.lookupClass(),
                    MethodType.methodType(void.class, double[].class, Generated.Call[].class, int.class)).asType(MAKE);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class does not load", e);
        }
    }
}
