package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Pointwise;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A lowered program of single numbers written out as straight-line code: values in locals, in memory only what a later method
 * reads, or a kernel, or the user. It follows the interpreter's code and its plan of the memory, step by step.
 */
final class StraightCode {
    private static final String SELF = "dualtape/program/StraightRun";
    private static final String BASE = "dualtape/program/StraightCode$Run";
    private static final String WORKSPACE = "dualtape/program/Workspace";
    private static final String RUN = "(Ldualtape/program/Workspace;)D";
    private static final String COPY = "(Ldualtape/program/Workspace;[DI)V";
    /** Steps in one method, so that the JVM compiles it well and soon. */
    private static final int CHUNK = 200;

    private final Steps steps;
    private final int chunk;
    private final boolean[] stored;
    /** The steps whose results tell whether a product was NaN; null where products are safe. */
    private final boolean[] doubts;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);

    /** A program written out. */
    abstract static class Run {
        /** NaN if the results may be wrong, because a product of the chain rule was NaN. */
        abstract double run(Workspace workspace);

        /** Copies the outputs after the first, single numbers all. */
        abstract void copy(Workspace workspace, double[] target, int at);
    }

    /**
     * What the interpreter runs.
     *
     * @param code its code
     * @param scalars for each kernel the operation if it works on single numbers, else null
     * @param sizes for each kernel the sizes of its results
     * @param constants the known values, in the last of the buffers
     * @param constantBuffer the number of that buffer
     * @param outputs buffers and offsets of the outputs
     */
    record Steps(int[] code, Pointwise[] scalars, int[][] sizes, double[] constants, int constantBuffer,
            int[] outputs) {
        /** The place where the code of the step after this one begins. */
        int next(int p) {
            return p + 3 + 2 * code[p + 1] + code[p + 2];
        }

        /** The number of steps; those on single numbers if {@code scalar}. */
        int count(boolean scalar) {
            int count = 0;
            for (int p = 0; p < code.length; p = next(p)) {
                count += !scalar || scalars[code[p]] != null ? 1 : 0;
            }
            return count;
        }
    }

    private StraightCode(Steps steps, int chunk, boolean safe) {
        this.steps = steps;
        this.chunk = chunk;
        this.stored = stored();
        this.doubts = safe || steps.count(true) < steps.count(false) ? null : Doubts.of(steps);
    }

    /** The program as code; {@code safe}: with safe products of the chain rule, else a run may end in doubt. */
    static Run of(Steps steps, boolean safe) {
        for (int chunk = CHUNK; chunk > 0; chunk /= 2) {
            byte[] bytes = new StraightCode(steps, chunk, safe).write();
            if (bytes != null) {
                try {
                    var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
                    var constructor = lookup.lookupClass().getDeclaredConstructor();
                    constructor.setAccessible(true);
                    return (Run) constructor.newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("generated straight-line code does not load", e);
                }
            }
        }
        throw new IllegalStateException("one operation alone is longer than what the JVM compiles");
    }

    private static long place(int buffer, int offset) {
        return (long) buffer << 32 | offset;
    }

    /** Which steps leave their result in memory: for a method after theirs, for a kernel, for the user. */
    private boolean[] stored() {
        int count = steps.count(false);
        int[] starts = new int[count];
        for (int p = 0, s = 0; s < count; p = steps.next(p), s++) {
            starts[s] = p;
        }
        boolean[] stored = new boolean[count];
        Map<Long, Integer> readers = new HashMap<>();
        for (int i = 0; i < steps.outputs().length; i += 2) {
            readers.put(place(steps.outputs()[i], steps.outputs()[i + 1]), Integer.MAX_VALUE);
        }
        int[] code = steps.code();
        for (int s = count - 1; s >= 0; s--) {
            int p = starts[s];
            boolean scalar = steps.scalars()[code[p]] != null;
            int results = p + 3 + 2 * code[p + 1];
            if (scalar) {
                Integer reader = readers.remove(place(0, code[results]));
                stored[s] = reader != null && reader > s / chunk;
            }
            for (int i = p + 3; i < results; i += 2) {
                int reader = scalar ? s / chunk : Integer.MAX_VALUE;
                readers.merge(place(code[i], code[i + 1]), reader, Math::max);
            }
        }
        return stored;
    }

    private byte[] write() {
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, SELF, null, BASE, null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, BASE, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor run = writer.visitMethod(0, "run", RUN, null, null);
        run.visitCode();
        List<Label> ends = new ArrayList<>();
        run.visitInsn(Opcodes.DCONST_0);
        for (int p = 0, first = 0; p < steps.code().length; first += chunk) {
            String name = "part" + ends.size();
            p = part(name, p, first, ends);
            run.visitVarInsn(Opcodes.ALOAD, 1);
            run.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, name, RUN, false);
            run.visitInsn(Opcodes.DADD);
        }
        Label end = new Label();
        run.visitLabel(end);
        ends.add(end);
        run.visitInsn(Opcodes.DRETURN);
        run.visitMaxs(0, 0);
        run.visitEnd();
        copies(ends);
        writer.visitEnd();
        return ends.stream().allMatch(label -> label.getOffset() < LoopCode.LONGEST) ? writer.toByteArray() : null;
    }

    private int part(String name, int from, int first, List<Label> ends) {
        MethodVisitor visitor = writer.visitMethod(Opcodes.ACC_STATIC, name, RUN, null, null);
        visitor.visitCode();
        Code code = new Code(visitor, 1);
        Map<Integer, Integer> arrays = new HashMap<>();
        Map<Long, Integer> locals = new HashMap<>();
        int p = from;
        int doubt = code.wide();
        code.constant(0);
        code.var(Opcodes.DSTORE, doubt);
        for (int s = first; s < first + chunk && p < steps.code().length; s++, p = steps.next(p)) {
            Pointwise op = steps.scalars()[steps.code()[p]];
            if (op == null) {
                code.var(Opcodes.ALOAD, 0);
                code.integer(p);
                code.callStatic("dualtape/program/Program", "step", "(Ldualtape/program/Workspace;I)I");
                code.insn(Opcodes.POP);
                forget(p, locals);
                continue;
            }
            int result = scalar(code, op, p, stored[s], arrays, locals);
            if (doubts != null && doubts[s]) {
                code.var(Opcodes.DLOAD, doubt);
                code.var(Opcodes.DLOAD, result);
                code.insn(Opcodes.DADD);
                code.var(Opcodes.DSTORE, doubt);
            }
        }
        code.var(Opcodes.DLOAD, doubt);
        visitor.visitInsn(Opcodes.DRETURN);
        Label end = new Label();
        visitor.visitLabel(end);
        ends.add(end);
        visitor.visitMaxs(0, 0);
        visitor.visitEnd();
        return p;
    }

    /** The method that copies outputs, and those that it calls for some of them each. */
    private void copies(List<Label> ends) {
        MethodVisitor all = writer.visitMethod(0, "copy", COPY, null, null);
        all.visitCode();
        for (int first = 1; first < steps.outputs().length / 2; first += chunk) {
            String name = "copy" + first;
            MethodVisitor visitor = writer.visitMethod(Opcodes.ACC_STATIC, name, COPY, null, null);
            visitor.visitCode();
            Code code = new Code(visitor, 3);
            Map<Integer, Integer> arrays = new HashMap<>();
            for (int i = first; i < first + chunk && i < steps.outputs().length / 2; i++) {
                int array = array(code, steps.outputs()[2 * i], arrays);
                code.address(1, 2, i - 1, -1);
                code.address(array, array + 1, steps.outputs()[2 * i + 1], -1);
                code.insn(Opcodes.DALOAD);
                code.insn(Opcodes.DASTORE);
            }
            visitor.visitInsn(Opcodes.RETURN);
            Label end = new Label();
            visitor.visitLabel(end);
            ends.add(end);
            visitor.visitMaxs(0, 0);
            visitor.visitEnd();
            for (int local = 1; local <= 3; local++) {
                all.visitVarInsn(local == 3 ? Opcodes.ILOAD : Opcodes.ALOAD, local);
            }
            all.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, name, COPY, false);
        }
        Label end = new Label();
        all.visitLabel(end);
        ends.add(end);
        all.visitInsn(Opcodes.RETURN);
        all.visitMaxs(0, 0);
        all.visitEnd();
    }

    /** What a kernel has written is read from memory. */
    private void forget(int p, Map<Long, Integer> locals) {
        int[] code = steps.code();
        int results = p + 3 + 2 * code[p + 1];
        int[] sizes = steps.sizes()[code[p]];
        for (int j = 0; j < sizes.length; j++) {
            long from = place(0, code[results + j]);
            long to = from + sizes[j];
            locals.keySet().removeIf(place -> place >= from && place < to);
        }
    }

    /** The local that holds the result of a step. */
    private int scalar(Code code, Pointwise op, int p, boolean keep, Map<Integer, Integer> arrays,
            Map<Long, Integer> locals) {
        int[] words = steps.code();
        List<Runnable> operands = new ArrayList<>();
        for (int i = 0, at = p + 3; i < op.arity(); i++, at += 2) {
            int buffer = words[at];
            int offset = words[at + 1];
            if (buffer == steps.constantBuffer()) {
                operands.add(() -> code.constant(steps.constants()[offset]));
                continue;
            }
            Integer known = locals.get(place(buffer, offset));
            int local = known != null ? known : load(code, buffer, offset, arrays);
            locals.put(place(buffer, offset), local);
            operands.add(() -> code.var(Opcodes.DLOAD, local));
        }
        if (doubts != null && op == ChainRule.SCALE) {
            operands.forEach(Runnable::run);
            code.constant(0);
            code.callStatic("java/lang/Math", "fma", "(DDD)D");
        } else {
            code.apply(op, operands);
        }
        int result = code.wide();
        code.var(Opcodes.DSTORE, result);
        int offset = words[p + 3 + 2 * op.arity()];
        locals.put(place(0, offset), result);
        if (keep) {
            int array = array(code, 0, arrays);
            code.address(array, array + 1, offset, -1);
            code.var(Opcodes.DLOAD, result);
            code.insn(Opcodes.DASTORE);
        }
        return result;
    }

    private int load(Code code, int buffer, int offset, Map<Integer, Integer> arrays) {
        int array = array(code, buffer, arrays);
        int local = code.wide();
        code.address(array, array + 1, offset, -1);
        code.insn(Opcodes.DALOAD);
        code.var(Opcodes.DSTORE, local);
        return local;
    }

    /** The local that holds a buffer, and after it where that begins. */
    private static int array(Code code, int buffer, Map<Integer, Integer> arrays) {
        Integer known = arrays.get(buffer);
        if (known != null) {
            return known;
        }
        int array = code.single();
        int base = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(WORKSPACE, "buffers", "[[D");
        code.integer(buffer);
        code.insn(Opcodes.AALOAD);
        code.var(Opcodes.ASTORE, array);
        code.var(Opcodes.ALOAD, 0);
        code.field(WORKSPACE, "bases", "[I");
        code.integer(buffer);
        code.insn(Opcodes.IALOAD);
        code.var(Opcodes.ISTORE, base);
        arrays.put(buffer, array);
        return array;
    }
}
