package dualtape.autograd;

import dualtape.ir.Rule;
import dualtape.ir.Whole;
import dualtape.reverse.ReverseEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One way back through what was recorded: the steps that a result depends on, the last first, so that every adjoint is whole
 * before it is used. Steps that lead to no variable of interest are skipped.
 *
 * <p>Adjoints are kept in the slots, which belong to one way back at a time. One that begins within another (a hook may go back
 * itself) puts aside what it finds, and puts it back when it ends.
 */
final class Backward {
    private final Set<Slot> wanted;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Slot, Variable> found = new LinkedHashMap<>();
    private final List<Slot> leaves = new ArrayList<>();
    private final boolean anomaly = Context.current().anomaly;
    private List<Aside> aside = List.of();

    /** What another way back had in a slot. */
    private record Aside(Slot slot, Backward owner, Variable adjoint, boolean reaching) {}

    private Backward(Set<Slot> wanted) {
        this.wanted = wanted;
    }

    /**
     * Goes back.
     *
     * @param result where it begins; has a slot
     * @param seed its adjoint
     * @param wanted the slots of interest, or null for all leaves
     * @param retain whether the record is kept for another time
     * @param record whether the way back is recorded as well
     * @return the adjoints of the slots of interest that there is a way to
     */
    @SuppressWarnings("try") // the scopes only end
    static Map<Slot, Variable> from(Variable result, Variable seed, Set<Slot> wanted, boolean retain, boolean record) {
        Backward backward = new Backward(wanted);
        try (Scope scope = Context.current().recording(record); Scope calm = Context.current().anomaly(false)) {
            backward.collect(result.slot());
            backward.reach();
            result.slot().adjoint = seed;
            for (int i = backward.steps.size() - 1; i >= 0; i--) {
                backward.back(backward.steps.get(i));
            }
            backward.leaves();
        } finally {
            backward.end();
        }
        if (!retain) {
            backward.steps.forEach(Step::release);
        }
        return backward.found;
    }

    /** Takes the steps before a slot, in the order in which they ran, and all their slots. */
    private void collect(Slot result) {
        Deque<Step> open = new ArrayDeque<>();
        meet(result, open);
        while (!open.isEmpty()) {
            Step step = open.pop();
            requireKept(step);
            for (int i = 0; i < step.operandCount(); i++) {
                meet(step.from(i), open);
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.number));
    }

    private void meet(Slot slot, Deque<Step> open) {
        if (slot == null || slot.owner == this) {
            return;
        }
        Step step = slot.step();
        for (int j = 0; step != null && j < step.results(); j++) {
            take(step.result(j));
        }
        if (step == null) {
            take(slot);
            leaves.add(slot);
        } else {
            steps.add(step);
            open.push(step);
        }
    }

    private void take(Slot slot) {
        if (slot == null) {
            return;
        } else if (slot.owner != null) {
            aside = aside.isEmpty() ? new ArrayList<>() : aside;
            aside.add(new Aside(slot, slot.owner, slot.adjoint, slot.reaching));
        }
        slot.owner = this;
        slot.adjoint = null;
        slot.reaching = isWanted(slot);
    }

    private static void requireKept(Step step) {
        if (step.isReleased()) {
            throw new AutogradException("a second way back through " + step + ": what it kept was let go after the "
                    + "first; say backward(retainGraph = true) the first time, or compute the result again");
        }
    }

    /** Gives the slots back. */
    private void end() {
        for (Step step : steps) {
            for (int j = 0; j < step.results(); j++) {
                free(step.result(j));
            }
        }
        leaves.forEach(Backward::free);
        for (Aside each : aside) {
            each.slot.owner = each.owner;
            each.slot.adjoint = each.adjoint;
            each.slot.reaching = each.reaching;
        }
    }

    private static void free(Slot slot) {
        if (slot != null) {
            slot.owner = null;
            slot.adjoint = null;
        }
    }

    /** Marks the slots that lead to a variable of interest. */
    private void reach() {
        for (Step step : steps) {
            boolean any = leads(step);
            for (int j = 0; any && j < step.results(); j++) {
                if (step.result(j) != null) {
                    step.result(j).reaching = true;
                }
            }
        }
    }

    private static boolean leads(Step step) {
        boolean any = false;
        for (int i = 0; i < step.operandCount(); i++) {
            any |= leads(step.from(i));
        }
        return any;
    }

    private static boolean leads(Slot slot) {
        return slot != null && slot.reaching;
    }

    private boolean isWanted(Slot slot) {
        return wanted == null ? slot.leaf != null && slot.leaf.gradRequest() != GradRequest.NONE
                : wanted.contains(slot);
    }

    private void back(Step step) {
        if (step.op.whole() != null) {
            whole(step);
            return;
        }
        Variable by = whole(step.result(0));
        if (by == null || !leads(step)) {
            return;
        }
        requireKept(step);
        List<Variable> x = step.operands();
        Variable y = step.value();
        for (int i = 0; i < step.operandCount(); i++) {
            if (leads(step.from(i))) {
                accumulate(step, i, by, pull(step.op.rule(i), x, y, by));
            }
        }
    }

    /** A slot's adjoint, to which every use has contributed, as its hooks leave it; null where none came. */
    private Variable whole(Slot slot) {
        if (slot == null || slot.adjoint == null) {
            return null;
        }
        Variable whole = slot.hooked(slot.adjoint);
        slot.adjoint = null; // its memory may go
        if (isWanted(slot)) {
            found.put(slot, whole);
        }
        return whole;
    }

    private static Variable pull(Rule rule, List<Variable> x, Variable y, Variable by) {
        if (rule instanceof Rule.Slope slope) {
            return Eager.INSTANCE.scale(slope.slope(Eager.INSTANCE, x, y), by);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.pull(Eager.INSTANCE, x, by);
        }
        return rule == Rule.ONE ? by : null;
    }

    private void whole(Step step) {
        List<Variable> by = new ArrayList<>(step.results());
        boolean any = false;
        for (int j = 0; j < step.results(); j++) {
            by.add(whole(step.result(j)));
            any |= by.get(j) != null;
        }
        if (!any || !leads(step)) {
            return;
        }
        requireKept(step);
        boolean[] need = new boolean[step.operandCount()];
        for (int i = 0; i < need.length; i++) {
            need[i] = leads(step.from(i));
        }
        Whole.Reverse reverse = (body, seeded, needed) -> ReverseEngine.pullback(body, seeded, needed,
                Eager.INSTANCE.conventions());
        List<Variable> bx = step.op.whole().pullback(Eager.INSTANCE, reverse, step.operands(), step.values(), by, need);
        for (int i = 0; i < need.length; i++) {
            if (need[i]) {
                accumulate(step, i, null, bx.get(i));
            }
        }
    }

    private void accumulate(Step step, int operand, Variable by, Variable part) {
        if (part == null) {
            return;
        } else if (anomaly) {
            Anomaly.backward(step, operand, by, part);
        }
        Slot slot = step.from(operand);
        slot.adjoint = slot.adjoint == null ? part : Eager.INSTANCE.add(slot.adjoint, part);
    }

    /** The adjoints of leaves are whole now: their hooks see them. */
    private void leaves() {
        leaves.forEach(this::whole);
    }
}
