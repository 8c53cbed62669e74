package dualtape.program;

import dualtape.ir.Pointwise;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loops generated from the definitions of pointwise operations: the definition is run once over terms, and the terms
 * are written as bytecode, one call of {@link Doubles} or one arithmetic instruction each.
 */
final class PointwiseCode {
    private static final String KERNEL = Type.getInternalName(PointwiseKernel.class);

    private PointwiseCode() {}

    /** The loop of an operation, for any number of elements. */
    static IntFunction<PointwiseKernel> generate(Pointwise op) {
        byte[] bytes = write(op);
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            var constructor = lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class, int.class))
                    .asType(MethodType.methodType(PointwiseKernel.class, int.class));
            return size -> {
                try {
                    return (PointwiseKernel) constructor.invokeExact(size);
                } catch (Throwable e) {
                    throw new IllegalStateException("generated kernel of " + op.symbol(), e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated kernel of " + op.symbol(), e);
        }
    }

    private static byte[] write(Pointwise op) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        String self = "dualtape/program/PointwiseLoop";
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, self, null, "java/lang/Object",
                new String[] {KERNEL});
        writer.visitSource(op.symbol(), null);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "size", "I", null, null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "(I)V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitVarInsn(Opcodes.ILOAD, 1);
        constructor.visitFieldInsn(Opcodes.PUTFIELD, self, "size", "I");
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "([[D[I[[D[I)V", null, null);
        run.visitCode();
        loop(new Code(run, 5), self, op);
        run.visitMaxs(0, 0);
        run.visitEnd();
        MethodVisitor at = writer.visitMethod(Opcodes.ACC_PUBLIC, "at", "(DDD)D", null, null);
        at.visitCode();
        single(new Code(at, 1 + 2 * PointwiseKernel.MOST), op);
        at.visitMaxs(0, 0);
        at.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** The operation on single numbers, which are the method's parameters. */
    private static void single(Code code, Pointwise op) {
        List<Runnable> operands = new ArrayList<>();
        for (int i = 0; i < op.arity(); i++) {
            int local = 1 + 2 * i;
            operands.add(() -> code.var(Opcodes.DLOAD, local));
        }
        code.apply(op, operands);
        code.insn(Opcodes.DRETURN);
    }

    /** The loop over elements: arrays and offsets in locals, each operand's element in a local. */
    private static void loop(Code code, String self, Pointwise op) {
        int[] arrays = new int[op.arity() + 1];
        for (int i = 0; i < op.arity(); i++) {
            arrays[i] = array(code, 1, 2, i);
        }
        int target = array(code, 3, 4, 0);
        int size = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(self, "size", "I");
        code.var(Opcodes.ISTORE, size);
        code.loopTo(size, index -> {
            List<Runnable> operands = new ArrayList<>();
            for (int i = 0; i < op.arity(); i++) {
                int local = code.wide();
                code.address(arrays[i], arrays[i] + 1, 0, index);
                code.insn(Opcodes.DALOAD);
                code.var(Opcodes.DSTORE, local);
                operands.add(() -> code.var(Opcodes.DLOAD, local));
            }
            code.address(target, target + 1, 0, index);
            code.apply(op, operands);
            code.insn(Opcodes.DASTORE);
        });
        code.insn(Opcodes.RETURN);
    }

    /** Loads arrays[index] and offsets[index] into two locals; the first is returned. */
    private static int array(Code code, int arrays, int offsets, int index) {
        int local = code.single();
        int offset = code.single();
        code.var(Opcodes.ALOAD, arrays);
        code.integer(index);
        code.insn(Opcodes.AALOAD);
        code.var(Opcodes.ASTORE, local);
        code.var(Opcodes.ALOAD, offsets);
        code.integer(index);
        code.insn(Opcodes.IALOAD);
        code.var(Opcodes.ISTORE, offset);
        return local;
    }
}
