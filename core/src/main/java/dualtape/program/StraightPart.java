package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Pointwise;
import dualtape.program.StraightCode.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the methods of straight-line code: each some steps, or the copying of some outputs that no step makes. */
final class StraightPart {
    private static final String WORKSPACE = "dualtape/program/Workspace";
    private static final int WORKSPACE_LOCAL = 0;
    private static final int TARGET_LOCAL = 1;
    private static final int FREE = 3;
    /** The user's array among the buffers. */
    private static final int TARGET = -1;
    private static final int ARENA = 0;
    /** Steps after which something is stored before the next input is loaded. */
    private static final int ANCHORED = 8;

    private final Steps steps;
    private final StraightPlan plan;
    /** The steps whose results tell whether a product was NaN; null where products are safe. */
    private final boolean[] doubts;
    private final int[] outputs;
    /** By step the outputs after the first that it makes, where they go to the user's array. */
    private final Map<Integer, List<Integer>> direct = new HashMap<>();

    private Code code;
    private final Map<Integer, Integer> arrays = new HashMap<>();
    private final Map<Integer, Integer> results = new HashMap<>();
    private final Map<Long, Integer> read = new HashMap<>();
    /** The local of the last result, and the steps since something was stored. */
    private int latest;
    private int since;
    /** Where something may be stored: the place of the first output, until that is made. Else {@link StraightPlan#NOWHERE}. */
    private int anchor;

    StraightPart(Steps steps, StraightPlan plan, boolean[] doubts, boolean direct) {
        this.steps = steps;
        this.plan = plan;
        this.doubts = doubts;
        this.outputs = plan.outputs();
        boolean scalar = steps.count(true) == steps.count(false);
        this.anchor = scalar && outputs[0] >= 0 ? plan.slot(outputs[0]) : StraightPlan.NOWHERE;
        for (int i = steps.kept(); direct && i < outputs.length; i++) {
            if (outputs[i] >= 0) {
                this.direct.computeIfAbsent(outputs[i], key -> new ArrayList<>()).add(i);
            }
        }
    }

    private static long place(int buffer, int offset) {
        return (long) buffer << 32 | offset;
    }

    private void begin(MethodVisitor visitor) {
        code = new Code(visitor, FREE);
        arrays.clear();
        results.clear();
        read.clear();
        since = 0;
    }

    /** The steps at these places of the order. Pushes NaN if there is doubt. */
    void steps(MethodVisitor visitor, int from, int to) {
        begin(visitor);
        int doubt = doubts == null ? -1 : code.wide();
        if (doubts != null) {
            code.constant(0);
            code.var(Opcodes.DSTORE, doubt);
        }
        reach(from, to);
        for (int at = from; at < to; at++) {
            int step = plan.order()[at];
            int p = plan.start(step);
            Pointwise op = steps.scalars()[steps.code()[p]];
            if (op == null) {
                code.var(Opcodes.ALOAD, WORKSPACE_LOCAL);
                code.integer(p);
                code.callStatic("dualtape/program/Program", "step", "(Ldualtape/program/Workspace;I)I");
                code.insn(Opcodes.POP);
                forget(p);
                continue;
            }
            int result = scalar(op, step, p);
            if (doubts != null && doubts[step]) {
                code.var(Opcodes.DLOAD, doubt);
                code.var(Opcodes.DLOAD, result);
                code.insn(Opcodes.DADD);
                code.var(Opcodes.DSTORE, doubt);
            }
        }
        if (doubts == null) {
            code.constant(0);
        } else {
            code.var(Opcodes.DLOAD, doubt);
        }
    }

    /** Whether one of these outputs is an input, a known number, or what a kernel wrote. */
    boolean copies(int from, int to) {
        for (int i = from; i < to; i++) {
            if (outputs[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** Copies those outputs to the user's array. Pushes zero. */
    void copy(MethodVisitor visitor, int from, int to) {
        begin(visitor);
        for (int i = from; i < to; i++) {
            if (outputs[i] < 0) {
                int array = array(steps.outputs()[2 * i]);
                code.address(TARGET_LOCAL, TARGET_LOCAL + 1, i - steps.kept(), -1);
                code.address(array, array + 1, steps.outputs()[2 * i + 1], -1);
                code.insn(Opcodes.DALOAD);
                code.insn(Opcodes.DASTORE);
            }
        }
        code.constant(0);
    }

    /**
     * Reads the last and the first of the places of each array that the steps read or write: the JVM's compiler finds from
     * these two that the others lie inside.
     */
    private void reach(int from, int to) {
        Map<Integer, int[]> reach = new HashMap<>();
        int[] words = steps.code();
        for (int at = from; at < to; at++) {
            int step = plan.order()[at];
            int p = plan.start(step);
            if (steps.scalars()[words[p]] == null) {
                continue;
            }
            for (int i = 0; i < words[p + 1]; i++) {
                int maker = plan.maker(step, i);
                if (maker < 0 && words[p + 3 + 2 * i] != steps.constantBuffer()) {
                    reach(reach, words[p + 3 + 2 * i], words[p + 4 + 2 * i]);
                } else if (maker >= 0 && plan.slot(maker) >= 0) {
                    reach(reach, ARENA, plan.slot(maker));
                }
            }
            if (plan.slot(step) >= 0) {
                reach(reach, ARENA, plan.slot(step));
            }
            for (int output : direct.getOrDefault(step, List.of())) {
                reach(reach, TARGET, output - steps.kept());
            }
        }
        reach.forEach((buffer, ends) -> {
            for (int end = 1; end >= 0 && ends[1] - ends[0] > 2; end--) {
                int array = array(buffer);
                code.address(array, array + 1, ends[end], -1);
                code.insn(Opcodes.DALOAD);
                code.insn(Opcodes.POP2);
            }
        });
    }

    private static void reach(Map<Integer, int[]> reach, int buffer, int offset) {
        int[] ends = reach.computeIfAbsent(buffer, key -> new int[] {offset, offset});
        ends[0] = Math.min(ends[0], offset);
        ends[1] = Math.max(ends[1], offset);
    }

    /** What a kernel has written is read from memory. */
    private void forget(int p) {
        int[] words = steps.code();
        int[] sizes = steps.sizes()[words[p]];
        for (int j = 0; j < sizes.length; j++) {
            long from = place(ARENA, words[p + 3 + 2 * words[p + 1] + j]);
            long to = from + sizes[j];
            read.keySet().removeIf(place -> place >= from && place < to);
        }
    }

    /** The local that holds the result of a step. */
    private int scalar(Pointwise op, int step, int p) {
        List<Runnable> operands = new ArrayList<>();
        for (int i = 0; i < op.arity(); i++) {
            operands.add(operand(plan.maker(step, i), steps.code()[p + 3 + 2 * i], steps.code()[p + 4 + 2 * i]));
        }
        if (doubts != null && op == ChainRule.SCALE) {
            operands.forEach(Runnable::run);
            code.constant(0);
            code.callStatic("java/lang/Math", "fma", "(DDD)D");
        } else if (!power(op, p, operands)) {
            code.apply(op, operands);
        }
        int result = code.wide();
        code.var(Opcodes.DSTORE, result);
        results.put(step, result);
        latest = result;
        since++;
        if (plan.slot(step) >= 0) {
            store(plan.slot(step), result);
        }
        if (step == outputs[0]) {
            anchor = StraightPlan.NOWHERE;
        }
        for (int output : direct.getOrDefault(step, List.of())) {
            code.address(TARGET_LOCAL, TARGET_LOCAL + 1, output - steps.kept(), -1);
            code.var(Opcodes.DLOAD, result);
            code.insn(Opcodes.DASTORE);
            since = 0;
        }
        return result;
    }

    /** Powers that are known to be squares, as {@link dualtape.ir.numbers.Doubles#pow} computes them. */
    private boolean power(Pointwise op, int p, List<Runnable> operands) {
        int[] words = steps.code();
        Term result = op.arity() == 2 && words[p + 5] == steps.constantBuffer() ? Term.of(op).result() : null;
        boolean power = result != null && result.name().equals("pow")
                && result.arguments().get(0).name().equals("operand") && result.arguments().get(0).index() == 0
                && result.arguments().get(1).name().equals("operand") && result.arguments().get(1).index() == 1;
        double exponent = power ? steps.constants()[words[p + 6]] : 0;
        if (exponent != 1 && exponent != 2) {
            return false;
        }
        operands.get(0).run();
        if (exponent == 2) {
            operands.get(0).run();
            code.insn(Opcodes.DMUL);
        }
        return true;
    }

    private Runnable operand(int maker, int buffer, int offset) {
        if (maker >= 0) {
            int local = results.computeIfAbsent(maker, key -> load(ARENA, plan.slot(key)));
            return () -> code.var(Opcodes.DLOAD, local);
        } else if (buffer == steps.constantBuffer()) {
            return () -> code.constant(steps.constants()[offset]);
        }
        int local = read.computeIfAbsent(place(buffer, offset), key -> load(buffer, offset));
        return () -> code.var(Opcodes.DLOAD, local);
    }

    private void store(int slot, int local) {
        int array = array(ARENA);
        code.address(array, array + 1, slot, -1);
        code.var(Opcodes.DLOAD, local);
        code.insn(Opcodes.DASTORE);
        since = 0;
    }

    /**
     * What is loaded after something was stored is loaded there; the JVM's compiler would load all inputs first, and have no registers
     * for them.
     */
    private int load(int buffer, int offset) {
        if (since >= ANCHORED && anchor >= 0 && buffer != ARENA) {
            store(anchor, latest);
        }
        int array = array(buffer);
        int local = code.wide();
        code.address(array, array + 1, offset, -1);
        code.insn(Opcodes.DALOAD);
        code.var(Opcodes.DSTORE, local);
        return local;
    }

    /** The local that holds a buffer, and after it where that begins. */
    private int array(int buffer) {
        if (buffer == TARGET) {
            return TARGET_LOCAL;
        }
        Integer known = arrays.get(buffer);
        if (known != null) {
            return known;
        }
        int array = code.single();
        int base = code.single();
        code.var(Opcodes.ALOAD, WORKSPACE_LOCAL);
        code.field(WORKSPACE, "buffers", "[[D");
        code.integer(buffer);
        code.insn(Opcodes.AALOAD);
        code.var(Opcodes.ASTORE, array);
        code.var(Opcodes.ALOAD, WORKSPACE_LOCAL);
        code.field(WORKSPACE, "bases", "[I");
        code.integer(buffer);
        code.insn(Opcodes.IALOAD);
        code.var(Opcodes.ISTORE, base);
        arrays.put(buffer, array);
        return array;
    }
}
