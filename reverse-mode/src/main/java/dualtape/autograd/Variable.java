package dualtape.autograd;

import dualtape.engine.Guard;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.function.UnaryOperator;

/**
 * A tensor that remembers how it was computed. One that was made by hand and {@link #requiresGrad requires a gradient} is a
 * leaf: what is computed from it is recorded, and {@link #backward} adds the derivative to its {@link #grad}. Operations are
 * methods here and, all of the catalogue, in {@link Functions}.
 *
 * <p>Not thread-safe: variables of one record belong to one thread at a time.
 */
public final class Variable extends VariableOperations {
    private final Shape shape;
    private Tensor value;
    private Slot slot;
    private int version;
    private GradRequest request = GradRequest.ADD;
    private Variable grad;
    private Tracer tracer;
    private Node node;
    private Variable original;
    private Step reader;
    private int keptVersion;

    /** A constant: no gradient is wanted. */
    Variable(Tensor value) {
        this.value = value;
        this.shape = value.shape();
    }

    /** A symbol: a variable of this shape whose value is not known yet. */
    Variable(Shape shape) {
        this.shape = shape;
    }

    /** A variable with this value. */
    public static Variable of(Tensor value) {
        return new Variable(value);
    }

    /** A scalar. */
    public static Variable of(double value) {
        return new Variable(Tensor.scalar(value));
    }

    /** A vector. */
    public static Variable of(double... elements) {
        return new Variable(Tensor.vector(elements.clone()));
    }

    /** A matrix by rows. */
    public static Variable of(double[]... rows) {
        return new Variable(Tensor.matrix(rows));
    }

    /** The vector 0, 1, …, n − 1. */
    public static Variable arange(int n) {
        double[] elements = new double[n];
        for (int i = 0; i < n; i++) {
            elements[i] = i;
        }
        return new Variable(Tensor.vector(elements));
    }

    /** Of this shape, filled with ones. */
    public static Variable ones(int... shape) {
        return new Variable(Tensor.uniform(1, Shape.of(shape)));
    }

    /** Of this shape, filled with zeros. */
    public static Variable zeros(int... shape) {
        return new Variable(Tensor.uniform(0, Shape.of(shape)));
    }

    @Override
    Variable self() {
        return this;
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /**
     * The value, to look at: it may be printed, not steered by (see {@link #item} and {@link #isTrue}).
     *
     * @throws AutogradException if there is none: of a symbol; or if it was kept for the way back and has been changed
     */
    public Tensor value() {
        if (original != null && original.version != keptVersion) {
            throw new AutogradException(
                    "a value that " + reader + " needs on the way back was changed in place: it is at version "
                            + original.version + ", and was recorded at version " + keptVersion
                            + "; change it after backward, or compute with a copy");
        } else if (value == null) {
            throw new AutogradException("this variable is a symbol: it has a shape, " + shape
                    + ", and no value until its function is called; branch with where, loop with scan");
        }
        return value;
    }

    /**
     * The number of a variable with one element. Where a graph is being traced, it leaves a guard: the graph is the function only
     * where this number is the same.
     */
    public double item() {
        double number = single().value().at(0);
        guard(Guard.Kind.EXACT, number);
        return number;
    }

    /** Whether the single element is not zero, for an {@code if} or a {@code while}; where a graph is traced, it leaves a guard. */
    public boolean isTrue() {
        double number = single().value().at(0);
        guard(Guard.Kind.CONDITION, number);
        return number != 0;
    }

    private Variable single() {
        if (shape.size() != 1) {
            throw new AutogradException("one number is wanted, and the variable has shape " + shape
                    + "; take an element, or reduce it first, as with sum() or norm()");
        }
        return this;
    }

    private void guard(Guard.Kind kind, double number) {
        if (tracer != null) {
            Variable scalar = shape.isScalar() ? this : reshape();
            tracer.guard(scalar.node, kind, number);
        }
    }

    /** Makes it a leaf whose gradient is wanted; returns itself. */
    public Variable requiresGrad() {
        return requiresGrad(true);
    }

    /** Makes it a leaf whose gradient is wanted, or is not; returns itself. */
    public Variable requiresGrad(boolean wanted) {
        if (!isLeaf()) {
            throw new AutogradException(
                    "only a leaf can be told whether it requires a gradient; this variable was computed, by "
                            + slot.step() + "; detach() makes a leaf of its value");
        }
        slot = !wanted ? null : slot != null ? slot : new Slot(this);
        return this;
    }

    /** Whether it is a leaf that requires a gradient, or depends on one. */
    public boolean needsGrad() {
        return slot != null;
    }

    /** Whether it was made by hand and not recorded. */
    public boolean isLeaf() {
        return slot == null || slot.step() == null;
    }

    /** What a backward pass does with this leaf's gradient: {@link GradRequest#ADD} unless told otherwise. */
    public GradRequest gradRequest() {
        return request;
    }

    /** Says what a backward pass does with this leaf's gradient; returns itself. */
    public Variable gradRequest(GradRequest wanted) {
        request = wanted;
        return this;
    }

    /** The gradient that has been added up, of this variable's shape; null before the first backward pass. */
    public Variable grad() {
        return grad;
    }

    /** Zeroes the gradient: the next backward pass begins anew. Null stays null. */
    public void zeroGrad() {
        grad = grad == null ? null : new Variable(Tensor.uniform(0, shape));
    }

    /** {@link #backward(Variable, boolean, boolean)} of a scalar, seeded with 1. */
    public void backward() {
        backward(false);
    }

    /** {@link #backward(Variable, boolean, boolean)} of a scalar, seeded with 1. */
    public void backward(boolean retainGraph) {
        if (shape.size() != 1) {
            throw new AutogradException("the result has shape " + shape
                    + ", and backward() begins at a scalar; give a seed of "
                    + "its shape, backward(seed), or reduce it first, as with sum(), "
                    + "which is a seed of ones");
        }
        backward(new Variable(Tensor.uniform(1, shape)), retainGraph, false);
    }

    /** {@link #backward(Variable, boolean, boolean)}, the record let go. */
    public void backward(Variable seed) {
        backward(seed, false, false);
    }

    /**
     * Goes back through what was recorded and gives every leaf that requires a gradient its part of seedᵀ J.
     *
     * @param seed the adjoint of this variable, of its shape
     * @param retainGraph whether the record is kept, for another way back
     * @param createGraph whether the way back is recorded as well, so that gradients have gradients; keeps the record
     * @throws AutogradException if nothing was recorded, the record was let go, or a value that is needed was changed in place
     */
    public void backward(Variable seed, boolean retainGraph, boolean createGraph) {
        Autograd.requireRecorded(this, seed);
        Backward.from(this, seed, null, retainGraph || createGraph, createGraph).forEach((at, adjoint) -> {
            if (at.leaf != null) {
                at.leaf.receive(adjoint, createGraph);
            }
        });
    }

    @SuppressWarnings("try") // the scope only ends
    private void receive(Variable adjoint, boolean createGraph) {
        if (request == GradRequest.NONE) {
            return;
        }
        try (Scope scope = Context.current().recording(createGraph)) {
            grad = grad == null || request == GradRequest.WRITE ? adjoint : Eager.INSTANCE.add(grad, adjoint);
        }
    }

    /** The value alone: a leaf that remembers nothing. Its derivative is zero for whoever reads it. */
    public Variable detach() {
        return Functions.detach(this);
    }

    /**
     * Calls a function on this variable's adjoint on every way back, once it is whole. What the function returns takes its
     * place; null leaves it. Returns itself.
     */
    public Variable hook(UnaryOperator<Variable> hook) {
        if (slot == null) {
            throw new AutogradException(
                    "this variable has no adjoint: it requires no gradient and depends on none that does; call "
                            + "requiresGrad() first");
        }
        slot.hook(hook);
        return this;
    }

    /**
     * Changes the value in place. A step that was recorded before and needs the old value refuses to go back. What is assigned
     * is remembered as this variable's history.
     *
     * @throws AutogradException if this is a leaf that requires a gradient and operations are being recorded: its history would
     *     be lost; use {@link Autograd#noGrad}
     */
    public Variable assign(Variable other) {
        if (!other.shape.equals(shape)) {
            throw new AutogradException("the new value has shape " + other.shape + ", the variable " + shape
                    + "; assign a value of the same shape");
        }
        boolean recording = Context.current().recording;
        boolean leaf = slot != null && slot.step() == null;
        if (leaf && recording) {
            throw new AutogradException(
                    "a leaf that requires a gradient cannot be changed in place while operations are recorded; "
                            + "do it within try (var scope = Autograd.noGrad()) { ... }");
        }
        value = other.value();
        version++;
        if (!leaf) {
            slot = recording ? other.slot : null;
        }
        tracer = other.tracer;
        node = other.node;
        return this;
    }

    /** Adds in place; see {@link #assign}. */
    public Variable addInPlace(Variable other) {
        return assign(plus(other));
    }

    /** Subtracts in place, as an optimiser does; see {@link #assign}. */
    public Variable subtractInPlace(Variable other) {
        return assign(minus(other));
    }

    /** Names the variable in the graph that is being traced; returns itself. */
    public Variable named(String name) {
        if (tracer != null) {
            tracer.builder().name(node, name);
        }
        return this;
    }

    int version() {
        return original != null ? keptVersion : version;
    }

    Slot slot() {
        return slot;
    }

    boolean isKnown() {
        return value != null;
    }

    Tracer tracer() {
        return tracer;
    }

    Node node() {
        return node;
    }

    void record(Slot made) {
        slot = made;
    }

    void trace(Tracer by, Node as) {
        tracer = by;
        node = as;
    }

    /** This variable as it was when a step recorded it; reading its value is refused if it was changed since. */
    Variable kept(Slot then, int atVersion, Step by) {
        if (slot == then && version == atVersion && original == null) {
            return this;
        }
        Variable kept = new Variable(shape);
        kept.value = value;
        kept.slot = then;
        kept.original = original == null ? this : original;
        kept.keptVersion = atVersion;
        kept.reader = by;
        return kept;
    }

    /** The value, or the shape of a symbol. */
    @Override
    public String toString() {
        return value == null ? "symbol" + shape : value.size() == 1 && shape.isScalar()
                ? dualtape.ir.Numerals.text(value.value()) : Text.of(value);
    }
}
