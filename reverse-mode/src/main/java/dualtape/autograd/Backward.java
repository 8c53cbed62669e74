package dualtape.autograd;

import dualtape.ir.Rule;
import dualtape.ir.Whole;
import dualtape.reverse.ReverseEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One way back through what was recorded: the steps that a result depends on, the last first, so that every adjoint is whole
 * before it is used. Steps that lead to no variable of interest are skipped.
 */
final class Backward {
    private final Map<Slot, Variable> adjoints = new IdentityHashMap<>();
    private final Set<Slot> wanted;
    private final Set<Slot> reaching = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean anomaly = Context.current().anomaly;

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
        List<Step> steps = steps(result.slot());
        Backward backward = new Backward(wanted);
        try (Scope scope = Context.current().recording(record); Scope calm = Context.current().anomaly(false)) {
            backward.reach(steps);
            backward.adjoints.put(result.slot(), seed);
            for (int i = steps.size() - 1; i >= 0; i--) {
                backward.back(steps.get(i));
            }
            backward.leaves();
        }
        if (!retain) {
            steps.forEach(Step::release);
        }
        return backward.adjoints;
    }

    /** The steps before a slot, in the order in which they ran. */
    private static List<Step> steps(Slot result) {
        Set<Step> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        add(result, seen, open);
        List<Step> steps = new ArrayList<>();
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (step.isReleased()) {
                throw new AutogradException("a second way back through " + step + ": what it kept was let go after the "
                        + "first; say backward(retainGraph = true) the first time, or compute the result again");
            }
            steps.add(step);
            for (Slot slot : step.from) {
                add(slot, seen, open);
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.number));
        return steps;
    }

    private static void add(Slot slot, Set<Step> seen, Deque<Step> open) {
        if (slot != null && slot.step != null && seen.add(slot.step)) {
            open.push(slot.step);
        }
    }

    /** Marks the slots that lead to a variable of interest. */
    private void reach(List<Step> steps) {
        for (Step step : steps) {
            boolean any = false;
            for (Slot slot : step.from) {
                any |= leads(slot);
            }
            for (Slot result : step.results) {
                if (any && result != null) {
                    reaching.add(result);
                }
            }
        }
    }

    private boolean leads(Slot slot) {
        return slot != null && (isWanted(slot) || reaching.contains(slot));
    }

    private boolean isWanted(Slot slot) {
        return wanted == null ? slot.leaf != null && slot.leaf.gradRequest() != GradRequest.NONE
                : wanted.contains(slot);
    }

    private void back(Step step) {
        List<Variable> by = new ArrayList<>(step.results.length);
        boolean any = false;
        for (Slot slot : step.results) {
            Variable adjoint = slot == null ? null : hooked(slot);
            by.add(adjoint);
            any |= adjoint != null && reaching.contains(slot);
        }
        if (!any) {
            return;
        }
        if (step.op.whole() != null) {
            whole(step, by);
            return;
        }
        List<Variable> x = step.operands();
        Variable y = step.values().get(0);
        for (int i = 0; i < step.from.length; i++) {
            if (leads(step.from[i])) {
                accumulate(step, i, by.get(0), pull(step.op.rule(i), x, y, by.get(0)));
            }
        }
    }

    private Variable hooked(Slot slot) {
        Variable adjoint = adjoints.get(slot);
        if (adjoint == null) {
            return null;
        }
        Variable hooked = slot.hooked(adjoint);
        if (isWanted(slot)) {
            adjoints.put(slot, hooked);
        } else {
            adjoints.remove(slot); // every use has been before: its memory may go
        }
        return hooked;
    }

    private static Variable pull(Rule rule, List<Variable> x, Variable y, Variable by) {
        if (rule instanceof Rule.Slope slope) {
            return Eager.INSTANCE.scale(slope.slope(Eager.INSTANCE, x, y), by);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.pull(Eager.INSTANCE, x, by);
        }
        return rule == Rule.ONE ? by : null;
    }

    private void whole(Step step, List<Variable> by) {
        boolean[] need = new boolean[step.from.length];
        for (int i = 0; i < need.length; i++) {
            need[i] = leads(step.from[i]);
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
        Slot slot = step.from[operand];
        Variable sum = adjoints.get(slot);
        adjoints.put(slot, sum == null ? part : Eager.INSTANCE.add(sum, part));
    }

    /** The adjoints of leaves are whole now: their hooks see them. */
    private void leaves() {
        for (Map.Entry<Slot, Variable> entry : adjoints.entrySet()) {
            if (entry.getKey().leaf != null) {
                entry.setValue(entry.getKey().hooked(entry.getValue()));
            }
        }
    }
}
