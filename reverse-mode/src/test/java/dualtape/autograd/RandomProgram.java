package dualtape.autograd;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random program over recorded variables: leaves, then operations on what there is, some of it detached. Its steps are kept
 * away from kinks, ties and poles, and their values small, so that two right implementations differ by rounding only.
 *
 * @param leaves the values of the leaves
 * @param wanted which of them require a gradient
 * @param steps what is done
 */
record RandomProgram(List<Tensor> leaves, List<Boolean> wanted, List<Step> steps) {
    private static final String DETACH = "detach";
    private static final double LARGEST = 20;
    private static final int TRIES = 200;

    /**
     * One step.
     *
     * @param operation an operation's name
     * @param operands numbers of leaves and earlier steps
     */
    record Step(String operation, List<Integer> operands) {}

    /** One over these operations. */
    static RandomProgram of(Random random, Set<String> operations) {
        List<String> names = operations.stream().sorted().toList();
        VariablesPeer peer = new VariablesPeer();
        List<Tensor> leaves = new ArrayList<>();
        List<Boolean> wanted = new ArrayList<>();
        List<Variable> values = new ArrayList<>();
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(3), Shape.of(3), Shape.of(3, 3), Shape.of(2, 3))) {
            leaves.add(Tensor.of(shape, random.doubles(shape.size(), 0.2, 2).map(x -> random.nextInt(3) == 0 ? -x : x)
                    .toArray()));
            wanted.add(random.nextInt(4) > 0);
            values.add(peer.leaf(leaves.get(leaves.size() - 1), false));
        }
        List<Step> steps = new ArrayList<>();
        int length = 4 + random.nextInt(12);
        for (int attempt = 0; attempt < TRIES && steps.size() < length; attempt++) {
            List<Integer> operands = new ArrayList<>();
            operands.add(recent(random, values.size()));
            if (random.nextBoolean()) {
                operands.add(recent(random, values.size()));
            }
            String name = random.nextInt(12) == 0 ? DETACH : names.get(random.nextInt(names.size()));
            Variable result = smooth(random, name, operands.stream().map(values::get).toList());
            if (result != null) {
                steps.add(new Step(name, operands));
                values.add(result);
            }
        }
        return new RandomProgram(leaves, wanted, steps);
    }

    /** Later values rather than earlier ones, so that programs grow deep. */
    private static int recent(Random random, int size) {
        return Math.max(random.nextInt(size), random.nextInt(size));
    }

    /** What the operation gives; null if it does not take these operands, or they are near an edge. */
    private static Variable smooth(Random random, String name, List<Variable> operands) {
        if (name.equals(DETACH)) {
            return operands.size() == 1 ? operands.get(0).detach() : null;
        }
        try {
            List<Tensor> here = slopes(name, operands);
            List<Tensor> near = slopes(name, operands.stream().map(x -> {
                double[] moved = x.value().toArray();
                for (int k = 0; k < moved.length; k++) {
                    moved[k] += 1e-7 * (random.nextDouble() - 0.5);
                }
                return Variable.of(Tensor.of(x.shape(), moved));
            }).toList());
            for (int i = 0; i < here.size(); i++) {
                for (int k = 0; k < here.get(i).size(); k++) {
                    double slope = here.get(i).at(k);
                    if (!(Math.abs(slope - near.get(i).at(k)) <= 1e-4 * (1 + Math.abs(slope)))) {
                        return null;
                    }
                }
            }
            Variable result = Functions.call(name, Keywords.NONE, operands.toArray(Variable[]::new));
            for (double element : result.value().toArray()) {
                if (!(Math.abs(element) <= LARGEST)) {
                    return null;
                }
            }
            return result;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Tensor> slopes(String name, List<Variable> operands) {
        List<Variable> leaves = operands.stream().map(x -> Variable.of(x.value()).requiresGrad()).toList();
        Variable result = Functions.call(name, Keywords.NONE, leaves.toArray(Variable[]::new));
        result.backward(Variable.of(Tensor.uniform(1, result.shape())));
        return leaves.stream().map(leaf -> leaf.grad().value()).toList();
    }

    /** Its leaves and the results of its steps, in order, and last the sum of the squares of the last few. */
    <V> List<V> run(Peer<V> peer, List<V> made) {
        List<V> values = new ArrayList<>(made);
        for (Step step : steps) {
            List<V> operands = step.operands().stream().map(values::get).toList();
            values.add(step.operation().equals(DETACH) ? peer.detach(operands.get(0))
                    : peer.apply(step.operation(), operands));
        }
        V loss = null;
        for (V value : values.subList(values.size() - 3, values.size())) {
            V square = peer.apply("sum", List.of(peer.apply("square", List.of(value))));
            loss = loss == null ? square : peer.apply("+", List.of(loss, square));
        }
        values.add(loss);
        return values;
    }

    /** Its leaves. */
    <V> List<V> leaves(Peer<V> peer) {
        List<V> made = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            made.add(peer.leaf(leaves.get(i), wanted.get(i)));
        }
        return made;
    }
}
