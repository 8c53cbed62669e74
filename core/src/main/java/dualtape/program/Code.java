package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Pointwise;
import dualtape.ir.numbers.Doubles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The body of one method while it is written: locals that are handed out, formulas, loops. */
final class Code {
    private static final String DOUBLES = Type.getInternalName(Doubles.class);
    private static final String GENERATED = Type.getInternalName(Generated.class);
    private static final Map<String, Integer> INSTRUCTIONS = Map.of(
            "add", Opcodes.DADD, "subtract", Opcodes.DSUB, "multiply", Opcodes.DMUL, "divide", Opcodes.DDIV,
            "negate", Opcodes.DNEG);

    private final MethodVisitor visitor;
    private int next;
    private int length;

    /** Thrown as soon as a method cannot become short enough any more. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("longer than what the JVM compiles", null, false, false);
        }
    }

    /** {@code next}: the first local that is free. */
    Code(MethodVisitor visitor, int next) {
        this.visitor = visitor;
        this.next = next;
    }

    /** A new local for an int or an array. */
    int single() {
        return next++;
    }

    /** A new local for a double. */
    int wide() {
        next += 2;
        return next - 2;
    }

    void integer(int value) {
        if (value >= -1 && value <= 5) {
            visitor.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            visitor.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            visitor.visitLdcInsn(value);
        }
    }

    void constant(double value) {
        if (Double.doubleToRawLongBits(value) == 0) {
            visitor.visitInsn(Opcodes.DCONST_0);
        } else if (value == 1) {
            visitor.visitInsn(Opcodes.DCONST_1);
        } else {
            visitor.visitLdcInsn(value);
        }
    }

    void insn(int opcode) {
        visitor.visitInsn(opcode);
    }

    void var(int opcode, int local) {
        if (++length > LoopCode.LONGEST) { // an instruction is a byte at least
            throw new TooLong();
        }
        visitor.visitVarInsn(opcode, local);
    }

    void field(String owner, String name, String descriptor) {
        visitor.visitFieldInsn(Opcodes.GETFIELD, owner, name, descriptor);
    }

    void getStatic(String owner, String name, String descriptor) {
        visitor.visitFieldInsn(Opcodes.GETSTATIC, owner, name, descriptor);
    }

    void call(String owner, String name, String descriptor) {
        visitor.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }

    void callStatic(String owner, String name, String descriptor) {
        visitor.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    /** {@code array[base + at + index]} is addressed; a local of −1 is left out. The element is loaded or stored next. */
    void address(int array, int base, int at, int index) {
        address(array, base, at, index, 1);
    }

    /** {@code array[base + at + index · scale]} is addressed. */
    void address(int array, int base, int at, int index, int scale) {
        var(Opcodes.ALOAD, array);
        sum(base, at, index, scale);
    }

    /** base + at + index · scale. */
    void sum(int base, int at, int index, int scale) {
        boolean some = false;
        if (base >= 0) {
            var(Opcodes.ILOAD, base);
            some = true;
        }
        if (at != 0 || !some && index < 0) {
            integer(at);
            if (some) {
                insn(Opcodes.IADD);
            }
            some = true;
        }
        if (index >= 0) {
            var(Opcodes.ILOAD, index);
            if (scale != 1) {
                integer(scale);
                insn(Opcodes.IMUL);
            }
            if (some) {
                insn(Opcodes.IADD);
            }
        }
    }

    /** A loop over index = from … length − 1, or over those from the last to the first. */
    void loop(int from, int length, boolean reverse, Consumer<Integer> body) {
        int index = single();
        Label test = new Label();
        Label end = new Label();
        integer(reverse ? length - 1 : from);
        var(Opcodes.ISTORE, index);
        visitor.visitLabel(test);
        var(Opcodes.ILOAD, index);
        if (reverse) {
            integer(from);
            visitor.visitJumpInsn(Opcodes.IF_ICMPLT, end);
        } else {
            integer(length);
            visitor.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        }
        body.accept(index);
        visitor.visitIincInsn(index, reverse ? -1 : 1);
        visitor.visitJumpInsn(Opcodes.GOTO, test);
        visitor.visitLabel(end);
    }

    /** A loop over index = 0 … up to a bound in a local. */
    void loopTo(int bound, Consumer<Integer> body) {
        int index = single();
        Label test = new Label();
        Label end = new Label();
        integer(0);
        var(Opcodes.ISTORE, index);
        visitor.visitLabel(test);
        var(Opcodes.ILOAD, index);
        var(Opcodes.ILOAD, bound);
        visitor.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        body.accept(index);
        visitor.visitIincInsn(index, 1);
        visitor.visitJumpInsn(Opcodes.GOTO, test);
        visitor.visitLabel(end);
    }

    /** A loop over index = a number in a local less 1 … 0. */
    void loopFrom(int bound, Consumer<Integer> body) {
        int index = single();
        Label test = new Label();
        Label end = new Label();
        var(Opcodes.ILOAD, bound);
        integer(1);
        insn(Opcodes.ISUB);
        var(Opcodes.ISTORE, index);
        visitor.visitLabel(test);
        var(Opcodes.ILOAD, index);
        visitor.visitJumpInsn(Opcodes.IFLT, end);
        body.accept(index);
        visitor.visitIincInsn(index, -1);
        visitor.visitJumpInsn(Opcodes.GOTO, test);
        visitor.visitLabel(end);
    }

    /** Pushes an operation's value; {@code operands} push its operands' values. */
    void apply(Pointwise op, List<Runnable> operands) {
        if (op == ChainRule.SCALE) {
            operands.forEach(Runnable::run);
            callStatic(GENERATED, "scale", "(DD)D");
            return;
        }
        Term.Formula formula = Term.of(op);
        push(formula.result(), formula, operands, new HashMap<>());
    }

    private void push(Term term, Term.Formula formula, List<Runnable> operands, Map<Term, Integer> locals) {
        Integer local = locals.get(term);
        if (local != null) {
            var(Opcodes.DLOAD, local);
            return;
        }
        switch (term.name()) {
            case "operand" -> {
                operands.get(term.index()).run();
                return; // pushed again where it is used again: it is in a local or in an array
            }
            case "of" -> {
                constant(term.constant());
                return;
            }
            case "polygamma" -> {
                integer(term.index());
                push(term.arguments().get(0), formula, operands, locals);
                callStatic(DOUBLES, "polygamma", "(ID)D");
            }
            default -> {
                for (Term argument : term.arguments()) {
                    push(argument, formula, operands, locals);
                }
                Integer instruction = INSTRUCTIONS.get(term.name());
                if (instruction != null) {
                    insn(instruction);
                } else {
                    callStatic(DOUBLES, term.name(), "(" + "D".repeat(term.arguments().size()) + ")D");
                }
            }
        }
        if (formula.uses().get(term) > 1) {
            int slot = wide();
            locals.put(term, slot);
            insn(Opcodes.DUP2);
            var(Opcodes.DSTORE, slot);
        }
    }
}
