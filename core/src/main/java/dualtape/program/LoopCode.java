package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Kernel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
    private static final String CONSTRUCTOR = "([D[Ldualtape/program/Generated$Call;I)V";
    private static final MethodType MAKE = MethodType.methodType(Kernel.class, double[].class, Generated.Call[].class,
            int.class);

    private LoopCode() {}

    /** Whether the loop is not longer than what the JVM compiles. */
    static boolean fits(Scan scan) {
        return write(scan, begin("scan")) != null;
    }

    /** The loop, or null if it would be longer than what the JVM compiles. */
    static Kernel of(Scan scan) {
        ClassWriter writer = begin("scan");
        BodyCode body = write(scan, writer);
        return body == null ? null : make(scan, writer, body);
    }

    private static BodyCode write(Scan scan, ClassWriter writer) {
        MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "([[D[I[[D[I)V", null, null);
        run.visitCode();
        BodyCode body;
        Label end = new Label();
        try {
            body = BodyCode.write(new Code(run, 5), scan);
            run.visitLabel(end);
            run.visitMaxs(0, 0);
        } catch (Code.TooLong | LimitExceededException e) {
            return null;
        }
        run.visitEnd();
        writer.visitEnd();
        return end.getOffset() > LONGEST ? null : body;
    }

    private static Kernel make(Scan scan, ClassWriter writer, BodyCode body) {
        MethodHandle constructor = define(writer.toByteArray());
        Generated.Calling.Loop loop = (constants, calls, workspace) -> {
            try {
                return (Kernel) constructor.invokeExact(constants, calls, workspace);
            } catch (Throwable e) {
                throw new IllegalStateException("generated loop of " + scan, e);
            }
        };
        return body.calls().isEmpty()
                ? loop.make(body.constants(), new Generated.Call[0], body.workspace())
                : new Generated.Calling(loop, body.constants(), body.calls(), body.workspace());
    }

    /** A class that extends {@link Generated}, with its constructor. */
    private static ClassWriter begin(String source) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, BASE + "Loop", null, BASE, null);
        writer.visitSource(source, null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", CONSTRUCTOR, null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitVarInsn(Opcodes.ALOAD, 1);
        constructor.visitVarInsn(Opcodes.ALOAD, 2);
        constructor.visitVarInsn(Opcodes.ILOAD, 3);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, BASE, "<init>", CONSTRUCTOR, false);
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
