package dualtape.check;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ways in which the rule of an operation may be wrong while its value is right. */
enum RuleFault {
    /** The other sign. */
    SIGN {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return times(right, -1);
        }
    },
    /** Twice as much. */
    FACTOR {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return times(right, 2);
        }
    },
    /** Off by a tenth of a millionth: what a tolerance of 1e-6 lets pass. */
    SLIGHTLY_OFF {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return times(right, 1 + 1e-7);
        }
    },
    /** No derivative where there is one. */
    DROPPED {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return Rule.NONE;
        }
    },
    /** The slope by another operand. */
    WRONG_OPERAND {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            int other = operand == 0 ? 1 : 0;
            return right instanceof Rule.Slope ? sloped(new Sloped() {
                @Override
                public <V> V slope(Algebra<V> a, List<V> x, V y) {
                    Rule rule = x.size() > other ? op.rule(other) : null;
                    return rule instanceof Rule.Slope slope ? slope.slope(a, x, y) : x.get(other % x.size());
                }
            }) : null;
        }
    },
    /** The slope of one branch everywhere. */
    FORGOTTEN_BRANCH {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            boolean branches = op.edges().stream()
                    .anyMatch(edge -> edge.kind() == Edge.Kind.KINK || edge.kind() == Edge.Kind.TIE);
            return branches && right instanceof Rule.Slope slope ? sloped(new Sloped() {
                @Override
                public <V> V slope(Algebra<V> a, List<V> x, V y) {
                    List<V> elsewhere = new ArrayList<>(x);
                    V size = Operations.find("abs").call(a, List.of(x.get(operand)));
                    elsewhere.set(operand, a.add(size, a.fill(3, a.shape(size))));
                    return slope.slope(a, elsewhere, y);
                }
            }) : null;
        }
    },
    /** The value in the place of the slope, as if it were exp. */
    VALUE_AS_SLOPE {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return right instanceof Rule.Slope ? sloped(new Sloped() {
                @Override
                public <V> V slope(Algebra<V> a, List<V> x, V y) {
                    return y;
                }
            }) : null;
        }
    },
    /** The slope forgotten, as if it were +. */
    UNIT_SLOPE {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return right instanceof Rule.Slope ? Rule.ONE : null;
        }
    },
    /** The slope at a point near by: an operand that was changed after it was recorded. */
    STALE_OPERAND {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return right instanceof Rule.Slope slope ? sloped(new Sloped() {
                @Override
                public <V> V slope(Algebra<V> a, List<V> x, V y) {
                    List<V> stale = new ArrayList<>(x);
                    V old = x.get(operand);
                    stale.set(operand, a.add(old, a.scale(a.fill(1e-3, a.shape(old)), old)));
                    return slope.slope(a, stale, y);
                }
            }) : null;
        }
    },
    /** A linear map pulled by itself, not by its transpose, and pushed by the transpose. */
    TRANSPOSED {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return right instanceof Rule.Linear linear ? new Mapped() {
                @Override
                public <V> V push(Algebra<V> a, List<V> x, V dx) {
                    V y = linear.push(a, x, dx);
                    return a.shape(y).equals(a.shape(dx)) ? linear.pull(a, x, dx) : y;
                }

                @Override
                public <V> V pull(Algebra<V> a, List<V> x, V by) {
                    V bx = linear.pull(a, x, by);
                    return a.shape(bx).equals(a.shape(by)) ? linear.push(a, x, by) : bx;
                }
            } : null;
        }
    },
    /** A tangent or adjoint of which an element is lost. */
    LOST_ELEMENT {
        @Override
        Rule wrong(Op op, int operand, Rule right) {
            return right instanceof Rule.Linear linear ? new Mapped() {
                @Override
                public <V> V push(Algebra<V> a, List<V> x, V dx) {
                    return linear.push(a, x, without(a, dx));
                }

                @Override
                public <V> V pull(Algebra<V> a, List<V> x, V by) {
                    return without(a, linear.pull(a, x, by));
                }
            } : null;
        }
    };

    /** A rule that is wrong in this way, or null where the right rule cannot be. */
    abstract Rule wrong(Op op, int operand, Rule right);

    /** In words, as in {@code wrong operand}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A slope, for anonymous subclasses: generic methods cannot be lambdas. */
    interface Sloped extends Rule.Slope {}

    /** A linear map, likewise. */
    interface Mapped extends Rule.Linear {}

    private static Rule sloped(Sloped slope) {
        return slope;
    }

    private static <V> V without(Algebra<V> a, V x) {
        double[] mask = new double[a.shape(x).size()];
        java.util.Arrays.fill(mask, 1);
        if (mask.length > 0) {
            mask[mask.length - 1] = 0;
        }
        return a.scale(a.constant(dualtape.ir.Tensor.of(a.shape(x), mask)), x);
    }

    private static Rule times(Rule right, double factor) {
        if (right instanceof Rule.Linear linear) {
            return new Mapped() {
                @Override
                public <V> V push(Algebra<V> a, List<V> x, V dx) {
                    V y = linear.push(a, x, dx);
                    return a.scale(a.fill(factor, a.shape(y)), y);
                }

                @Override
                public <V> V pull(Algebra<V> a, List<V> x, V by) {
                    V bx = linear.pull(a, x, by);
                    return a.scale(a.fill(factor, a.shape(bx)), bx);
                }
            };
        }
        return new Sloped() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                V slope = right instanceof Rule.Slope own ? own.slope(a, x, y) : a.fill(1, a.shape(y));
                return a.scale(a.fill(factor, a.shape(slope)), slope);
            }
        };
    }
}
