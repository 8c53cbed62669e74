package dualtape.program;

import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.numbers.Doubles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loops generated from the definitions of pointwise operations: the definition is run once over terms, and the terms
 * are written as bytecode, one call of {@link Doubles} or one arithmetic instruction each.
 */
final class PointwiseCode {
    private static final String DOUBLES = Type.getInternalName(Doubles.class);
    private static final String KERNEL = Type.getInternalName(Kernel.class);
    private static final Map<String, Integer> INSTRUCTIONS = Map.of(
            "add", Opcodes.DADD, "subtract", Opcodes.DSUB, "multiply", Opcodes.DMUL, "divide", Opcodes.DDIV,
            "negate", Opcodes.DNEG);

    private PointwiseCode() {}

    /** The loop of an operation, for any number of elements. */
    static IntFunction<Kernel> generate(Pointwise op) {
        List<Term> operands = new ArrayList<>();
        for (int i = 0; i < op.arity(); i++) {
            operands.add(new Term("operand", i, 0, List.of()));
        }
        Term result = op.at(terms(), operands);
        byte[] bytes = write(op, operands, result);
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            var constructor = lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class, int.class))
                    .asType(MethodType.methodType(Kernel.class, int.class));
            return size -> {
                try {
                    return (Kernel) constructor.invokeExact(size);
                } catch (Throwable e) {
                    throw new IllegalStateException("generated kernel of " + op.symbol(), e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated kernel of " + op.symbol(), e);
        }
    }

    /**
     * A number that is yet to be computed.
     *
     * @param name the method of {@link Numbers} that gives it, "operand" or "of"
     * @param index of an operand, or the order n of a polygamma
     */
    private record Term(String name, int index, double constant, List<Term> arguments) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Terms as a kind of number. Every method of {@link Numbers} makes the term of its name. */
    @SuppressWarnings("unchecked")
    private static Numbers<Term> terms() {
        return (Numbers<Term>) Proxy.newProxyInstance(
                Numbers.class.getClassLoader(), new Class<?>[] {Numbers.class}, (self, method, arguments) -> {
                    if (method.getName().equals("of")) {
                        return new Term("of", 0, (Double) arguments[0], List.of());
                    } else if (method.getName().equals("ifZero")) {
                        return new Term("select", 0, 0,
                                List.of((Term) arguments[0], (Term) arguments[2], (Term) arguments[1]));
                    }
                    List<Term> terms = new ArrayList<>();
                    int index = 0;
                    for (Object argument : arguments) {
                        if (argument instanceof Integer number) {
                            index = number;
                        } else {
                            terms.add((Term) argument);
                        }
                    }
                    return new Term(method.getName(), index, 0, terms);
                });
    }

    private static byte[] write(Pointwise op, List<Term> operands, Term result) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        String self = "dualtape/program/Generated";
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
        new Loop(run, self, operands).write(result);
        run.visitMaxs(0, 0);
        run.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** The loop over elements: arrays and offsets in locals, terms used twice in locals. */
    private static final class Loop {
        private final MethodVisitor code;
        private final String self;
        private final List<Term> operands;
        private final Map<Term, Integer> uses = new IdentityHashMap<>();
        private final Map<Term, Integer> locals = new IdentityHashMap<>();
        private final int[] arrays;
        private int next = 5;

        Loop(MethodVisitor code, String self, List<Term> operands) {
            this.code = code;
            this.self = self;
            this.operands = operands;
            this.arrays = new int[operands.size()];
        }

        void write(Term result) {
            for (int i = 0; i < operands.size(); i++) {
                arrays[i] = array(1, 2, i);
            }
            int target = array(3, 4, 0);
            int size = next++;
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, self, "size", "I");
            code.visitVarInsn(Opcodes.ISTORE, size);
            int i = next++;
            code.visitInsn(Opcodes.ICONST_0);
            code.visitVarInsn(Opcodes.ISTORE, i);
            Label test = new Label();
            Label end = new Label();
            code.visitLabel(test);
            code.visitVarInsn(Opcodes.ILOAD, i);
            code.visitVarInsn(Opcodes.ILOAD, size);
            code.visitJumpInsn(Opcodes.IF_ICMPGE, end);
            count(result);
            address(target, i);
            push(result, i);
            code.visitInsn(Opcodes.DASTORE);
            code.visitIincInsn(i, 1);
            code.visitJumpInsn(Opcodes.GOTO, test);
            code.visitLabel(end);
            code.visitInsn(Opcodes.RETURN);
        }

        /** Loads arrays[index] and offsets[index] into two locals; the first is returned. */
        private int array(int arraysLocal, int offsetsLocal, int index) {
            int local = next;
            next += 2;
            code.visitVarInsn(Opcodes.ALOAD, arraysLocal);
            integer(index);
            code.visitInsn(Opcodes.AALOAD);
            code.visitVarInsn(Opcodes.ASTORE, local);
            code.visitVarInsn(Opcodes.ALOAD, offsetsLocal);
            integer(index);
            code.visitInsn(Opcodes.IALOAD);
            code.visitVarInsn(Opcodes.ISTORE, local + 1);
            return local;
        }

        private void address(int array, int i) {
            code.visitVarInsn(Opcodes.ALOAD, array);
            code.visitVarInsn(Opcodes.ILOAD, array + 1);
            code.visitVarInsn(Opcodes.ILOAD, i);
            code.visitInsn(Opcodes.IADD);
        }

        private void count(Term term) {
            if (uses.merge(term, 1, Integer::sum) == 1) {
                term.arguments().forEach(this::count);
            }
        }

        /** A definition is a formula a few levels deep, written by hand: recursion is bounded by it. */
        private void push(Term term, int i) {
            Integer local = locals.get(term);
            if (local != null) {
                code.visitVarInsn(Opcodes.DLOAD, local);
                return;
            }
            switch (term.name()) {
                case "operand" -> {
                    address(arrays[term.index()], i);
                    code.visitInsn(Opcodes.DALOAD);
                }
                case "of" -> code.visitLdcInsn(term.constant());
                case "polygamma" -> {
                    integer(term.index());
                    push(term.arguments().get(0), i);
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, DOUBLES, "polygamma", "(ID)D", false);
                }
                default -> {
                    term.arguments().forEach(argument -> push(argument, i));
                    Integer instruction = INSTRUCTIONS.get(term.name());
                    if (instruction != null) {
                        code.visitInsn(instruction);
                    } else {
                        String descriptor = "(" + "D".repeat(term.arguments().size()) + ")D";
                        code.visitMethodInsn(Opcodes.INVOKESTATIC, DOUBLES, term.name(), descriptor, false);
                    }
                }
            }
            if (uses.get(term) > 1) {
                int slot = next;
                next += 2;
                locals.put(term, slot);
                code.visitInsn(Opcodes.DUP2);
                code.visitVarInsn(Opcodes.DSTORE, slot);
            }
        }

        private void integer(int value) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        }
    }
}
