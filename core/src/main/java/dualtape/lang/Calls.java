package dualtape.lang;

import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Signature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of a program, checked before it runs: that they fit what they call, and that no def calls itself. */
final class Calls {
    private static final int NAMED = 8;
    private static final int SHOWN = 3;

    private final Map<String, Statement.Define> definitions;
    private final Map<String, Set<String>> callees = new HashMap<>();

    /** With the functions that the program defines. */
    Calls(Map<String, Statement.Define> definitions) {
        this.definitions = definitions;
    }

    /** A call in the body of a def, or at the top of the program (caller ""). */
    void check(String caller, Expression.Call call) {
        Statement.Define called = definitions.get(call.function());
        if (called != null) {
            callees.computeIfAbsent(caller, key -> new LinkedHashSet<>()).add(call.function());
            defined(call, called);
            return;
        }
        Operation operation = Operations.find(call.function());
        if (operation == null || !Character.isLetter(call.function().charAt(0))) {
            throw new SyntaxException(call.at(),
                    "unknown function " + Visible.name(call.function()) + meant(call.function()));
        }
        String usage = "; it is called as " + operation.name() + operation.signature();
        int given = call.arguments().size();
        long leading = call.leading(operation).size();
        if (given - leading < operation.signature().least() || given - leading > operation.signature().most()) {
            throw new SyntaxException(call.at(),
                    "wrong number of operands for " + operation.name() + ": got " + given + usage);
        }
        attributes(call, operation, usage);
    }

    private static void attributes(Expression.Call call, Operation operation, String usage) {
        List<String> known = operation.signature().attributes().stream().map(Signature.Attribute::name).toList();
        Set<String> seen = new HashSet<>();
        for (Expression.Named named : call.named()) {
            if (!known.contains(named.name())) {
                throw new SyntaxException(named.at(), operation.name() + " has no attribute "
                        + Visible.name(named.name()) + usage + Suggest.near(named.name(), known));
            } else if (!seen.add(named.name())) {
                throw new SyntaxException(named.at(),
                        "the attribute " + named.name() + " is given twice; leave one of the two out");
            }
        }
    }

    /** A call of the program's own function. */
    private static void defined(Expression.Call call, Statement.Define called) {
        int given = call.arguments().size();
        int expected = called.parameters().size();
        if (!call.named().isEmpty()) {
            throw new SyntaxException(call.named().get(0).at(), "the arguments of " + Visible.name(call.function())
                    + " are given in order, without names; leave " + Visible.bare(call.named().get(0).name())
                    + "= out");
        } else if (given != expected) {
            String names = String.join(", ", called.parameters().stream().limit(NAMED).map(Visible::bare).toList());
            throw new SyntaxException(call.at(), Visible.name(call.function()) + " takes " + expected
                    + (expected == 1 ? " argument" : " arguments") + ", (" + names
                    + (expected > NAMED ? ", ..." : "") + "), got " + given);
        }
    }

    /** What an unknown function was probably meant to be. */
    private String meant(String function) {
        List<String> known = new ArrayList<>(definitions.keySet());
        Operations.all().forEach(operation -> known.add(operation.name()));
        String near = Suggest.near(function, known);
        return near.isEmpty() ? "; a product is written " + Visible.bare(function) + " * (...)" : near;
    }

    /** No way through calls leads from a def back to itself: a depth-first search with a stack of its own. */
    void refuseRecursion() {
        Set<String> done = new HashSet<>();
        for (String start : definitions.keySet()) {
            Map<String, Iterator<String>> path = new LinkedHashMap<>();
            Deque<String> stack = new ArrayDeque<>();
            if (!done.contains(start)) {
                stack.push(start);
                path.put(start, called(start));
            }
            while (!stack.isEmpty()) {
                Iterator<String> next = path.get(stack.peek());
                if (!next.hasNext()) {
                    done.add(stack.peek());
                    path.remove(stack.pop());
                    continue;
                }
                String name = next.next();
                if (path.containsKey(name)) {
                    recursion(new ArrayList<>(path.keySet()), name);
                } else if (!done.contains(name)) {
                    stack.push(name);
                    path.put(name, called(name));
                }
            }
        }
    }

    private Iterator<String> called(String name) {
        return callees.getOrDefault(name, Set.of()).iterator();
    }

    private void recursion(List<String> path, String name) {
        List<String> circle = path.subList(path.indexOf(name) + 1, path.size());
        String through = circle.isEmpty() ? ""
                : " through " + String.join(", ", circle.stream().limit(SHOWN).map(Visible::name).toList())
                        + (circle.size() > SHOWN ? ", ..." : "");
        throw new SyntaxException(definitions.get(name).at(), Visible.name(name) + " calls itself" + through
                + "; recursion is not in the language, use while or for");
    }
}
