package dualtape.program;

import dualtape.ir.Pointwise;
import dualtape.program.Lowering.KernelKey;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A lowered program of single numbers written out as straight-line code: values in locals, in memory only what a later method
 * reads, or a kernel, or the user. It takes the interpreter's steps, in the order of a {@link StraightPlan}.
 */
final class StraightCode {
    static final String RUN = "(Ldualtape/program/Workspace;[DI)D";
    private static final String SELF = "dualtape/program/StraightRun";
    private static final String BASE = "dualtape/program/StraightCode$Run";
    /** Steps in one method, so that the JVM compiles it well and soon. */
    private static final int CHUNK = 400;

    private final Steps steps;
    private final int chunk;
    private final StraightPlan plan;
    private final StraightPart parts;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final List<Label> ends = new ArrayList<>();

    /** A program written out. */
    abstract static class Run {
        /**
         * NaN if the results may be wrong, because a product of the chain rule was NaN.
         *
         * @param target gets the outputs after the first, single numbers all, from {@code at} on, if the code is written so
         */
        abstract double run(Workspace workspace, double[] target, int at);
    }

    /**
     * What the interpreter runs.
     *
     * @param code its code
     * @param arena how many doubles the arena has
     * @param scalars for each kernel the operation if it works on single numbers, else null
     * @param sizes for each kernel the sizes of its results
     * @param constants the known values, in the last of the buffers
     * @param constantBuffer the number of that buffer
     * @param outputs buffers and offsets of the outputs' elements; where some output is large, of the first elements alone
     * @param kept how many elements the first output has: its number stays in memory
     * @param keys what each kernel was made for
     * @param places how many doubles the results take, those beyond the arena included that are to be given other places
     */
    record Steps(int[] code, int arena, Pointwise[] scalars, int[][] sizes, double[] constants, int constantBuffer,
            int[] outputs, int kept, List<KernelKey> keys, int places) {
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

    private StraightCode(Steps steps, int chunk, boolean safe, boolean direct) {
        this.steps = steps;
        this.chunk = chunk;
        boolean doubting = !safe && steps.count(true) == steps.count(false);
        this.plan = new StraightPlan(steps, chunk, direct);
        this.parts = new StraightPart(steps, plan, doubting ? Doubts.of(steps) : null, direct);
    }

    /**
     * The program as code; null if the arena has no room for what goes from method to method.
     *
     * @param safe with safe products of the chain rule; else a run may end in doubt
     * @param direct outputs after the first go to the user's array
     */
    static Run of(Steps steps, boolean safe, boolean direct) {
        for (int chunk = CHUNK; chunk > 0; chunk /= 2) {
            StraightCode code = new StraightCode(steps, chunk, safe, direct);
            if (!code.plan.fits()) {
                return null;
            }
            byte[] bytes = code.write(direct);
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

    /** The class; null if a method is too long. */
    private byte[] write(boolean direct) {
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
        run.visitInsn(Opcodes.DCONST_0);
        try {
            int count = steps.count(false);
            for (int from = 0; from < count; from += chunk) {
                int first = from;
                part(run, "part", visitor -> parts.steps(visitor, first, Math.min(count, first + chunk)));
            }
            int outputs = steps.outputs().length / 2;
            for (int from = steps.kept(); direct && from < outputs; from += chunk) {
                int first = from;
                if (parts.copies(from, Math.min(outputs, from + chunk))) {
                    part(run, "copy", visitor -> parts.copy(visitor, first, Math.min(outputs, first + chunk)));
                }
            }
        } catch (Code.TooLong e) {
            return null;
        }
        end(run);
        writer.visitEnd();
        return ends.stream().allMatch(label -> label.getOffset() < LoopCode.LONGEST) ? writer.toByteArray() : null;
    }

    /** A method, and its call: what it returns is added up. */
    private void part(MethodVisitor run, String name, java.util.function.Consumer<MethodVisitor> body) {
        String numbered = name + ends.size();
        MethodVisitor visitor = writer.visitMethod(Opcodes.ACC_STATIC, numbered, RUN, null, null);
        visitor.visitCode();
        body.accept(visitor);
        end(visitor);
        run.visitVarInsn(Opcodes.ALOAD, 1);
        run.visitVarInsn(Opcodes.ALOAD, 2);
        run.visitVarInsn(Opcodes.ILOAD, 3);
        run.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, numbered, RUN, false);
        run.visitInsn(Opcodes.DADD);
    }

    private void end(MethodVisitor visitor) {
        Label end = new Label();
        visitor.visitLabel(end);
        ends.add(end);
        visitor.visitInsn(Opcodes.DRETURN);
        visitor.visitMaxs(0, 0);
        visitor.visitEnd();
    }
}
