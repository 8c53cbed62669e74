package dualtape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponentials}, {@link Logarithm} and {@link Circular}, a vector at a time: step for step the same operations, so the same bits.
 *
 * <p>Elements out of range go the same way; a vector of bits remembers that there were some, and they are computed again one by one
 * at the end of a block.
 *
 * <p>The loops hold their formulas themselves, and constants are vectors: a method that takes and gives vectors allocates them unless it
 * is inlined, and the compiler stops inlining what it need not inline in a long loop, or where the loop itself was inlined late.
 */
final class VectorFunctions {
    /** At most 256 bits: wider ones were slower wherever a load follows a store. */
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() > 4
            ? DoubleVector.SPECIES_256
            : DoubleVector.SPECIES_PREFERRED;
    private static final int L = SPECIES.length();
    private static final int BLOCK = 256;
    private static final long SIGN = Long.MIN_VALUE;
    private static final long SIZE = Long.MAX_VALUE;
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ROUND = all(Exponentials.ROUND);
    private static final DoubleVector LOG2_E = all(Exponentials.LOG2_E);
    private static final DoubleVector MINUS_LN2 = all(-Exponentials.LN2);
    private static final DoubleVector LN2_LOW = all(Exponentials.LN2_LOW);
    private static final DoubleVector TANH_ONE = all(2 * Exponentials.TANH_ONE);
    private static final DoubleVector Q0 = all(Exponentials.Q0);
    private static final DoubleVector Q1 = all(Exponentials.Q1);
    private static final DoubleVector Q2 = all(Exponentials.Q2);
    private static final DoubleVector Q3 = all(Exponentials.Q3);
    private static final DoubleVector Q4 = all(Exponentials.Q4);
    private static final DoubleVector Q5 = all(Exponentials.Q5);
    private static final DoubleVector Q6 = all(Exponentials.Q6);
    private static final DoubleVector Q7 = all(Exponentials.Q7);
    private static final DoubleVector Q8 = all(Exponentials.Q8);
    private static final DoubleVector Q9 = all(Exponentials.Q9);
    private static final DoubleVector Q10 = all(Exponentials.Q10);
    private static final DoubleVector LN2_HIGH = all(Logarithm.LN2_HIGH);
    private static final DoubleVector LN2_REST = all(Logarithm.LN2_REST);
    private static final DoubleVector BIASED = all(Logarithm.BIASED);
    private static final DoubleVector R1 = all(Logarithm.R1);
    private static final DoubleVector R2 = all(Logarithm.R2);
    private static final DoubleVector R3 = all(Logarithm.R3);
    private static final DoubleVector R4 = all(Logarithm.R4);
    private static final DoubleVector R5 = all(Logarithm.R5);
    private static final DoubleVector R6 = all(Logarithm.R6);
    private static final DoubleVector R7 = all(Logarithm.R7);
    private static final DoubleVector TWO_OVER_PI = all(Circular.TWO_OVER_PI);
    private static final DoubleVector MINUS_HALF_PI = all(-Circular.HALF_PI);
    private static final DoubleVector HALF_PI_MIDDLE = all(Circular.HALF_PI_MIDDLE);
    private static final DoubleVector MINUS_HALF_PI_LOW = all(-Circular.HALF_PI_LOW);
    private static final DoubleVector S0 = all(Circular.S0);
    private static final DoubleVector S1 = all(Circular.S1);
    private static final DoubleVector S2 = all(Circular.S2);
    private static final DoubleVector S3 = all(Circular.S3);
    private static final DoubleVector S4 = all(Circular.S4);
    private static final DoubleVector S5 = all(Circular.S5);
    private static final DoubleVector C0 = all(Circular.C0);
    private static final DoubleVector C1 = all(Circular.C1);
    private static final DoubleVector C2 = all(Circular.C2);
    private static final DoubleVector C3 = all(Circular.C3);
    private static final DoubleVector C4 = all(Circular.C4);
    private static final DoubleVector C5 = all(Circular.C5);
    private static final LongVector ONE_BITS = all(0).reinterpretAsLongs().add(Exponentials.ONE);
    private static final LongVector SMALLEST = all(0).reinterpretAsLongs().add(Logarithm.SMALLEST);
    private static final LongVector ROOT_HALF = all(0).reinterpretAsLongs().add(Logarithm.ROOT_HALF);
    private static final LongVector INTEGER = all(0).reinterpretAsLongs().add(Logarithm.INTEGER);
    private static final LongVector EXP_RANGE = all(Exponentials.RANGE).reinterpretAsLongs();
    private static final LongVector CIRCULAR_RANGE = all(Circular.RANGE).reinterpretAsLongs();
    private static final LongVector LARGEST = all(Double.MAX_VALUE).reinterpretAsLongs();

    private VectorFunctions() {}

    private static DoubleVector all(double c) {
        return DoubleVector.broadcast(SPECIES, c);
    }

    /** The first elements that make whole vectors; the last block may be shorter. */
    private static int whole(int n) {
        return n - n % L;
    }

    /** Elements whose size is not within the range, one by one. */
    private static void repair(Elementary f, double range, double[] x, int xAt, double shift, double[] y, int yAt,
            int n) {
        for (int k = 0; k < n; k++) {
            double v = x[xAt + k] - shift;
            if (!(Math.abs(v) <= range)) {
                y[yAt + k] = f.applyAsDouble(v);
            }
        }
    }

    /** y = f(x − shift) one by one. */
    private static void rest(Elementary f, double[] x, int xAt, double shift, double[] y, int yAt, int from, int n) {
        for (int k = from; k < n; k++) {
            y[yAt + k] = f.applyAsDouble(x[xAt + k] - shift);
        }
    }

    /** {@link Exponentials#exp} of x − shift. */
    static void exp(double[] x, int xAt, double shift, double[] y, int yAt, int n) {
        int whole = whole(n);
        for (int from = 0; from < whole; from += BLOCK) {
            int count = Math.min(BLOCK, whole - from);
            if (expWhole(x, xAt + from, shift, 0, y, yAt + from, count)) {
                repair(Elementary.EXP, Exponentials.RANGE, x, xAt + from, shift, y, yAt + from, count);
            }
        }
        rest(Elementary.EXP, x, xAt, shift, y, yAt, whole, n);
    }

    /** exp of x − shift with the bits {@code sign} set. Whether some are out of range. */
    private static boolean expWhole(double[] x, int xAt, double shift, long sign, double[] y, int yAt, int n) {
        LongVector outside = DoubleVector.zero(SPECIES).reinterpretAsLongs(); // a constant here would be a box in each turn
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(SPECIES, x, xAt + i).sub(shift).reinterpretAsLongs().or(sign);
            outside = outside.or(EXP_RANGE.sub(bits.and(SIZE)));
            DoubleVector v = bits.reinterpretAsDoubles();
            DoubleVector t = v.fma(LOG2_E, ROUND);
            DoubleVector k = t.sub(ROUND);
            DoubleVector high = k.fma(MINUS_LN2, v);
            DoubleVector low = k.mul(LN2_LOW);
            DoubleVector r = high.sub(low);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector q0 = r.fma(Q3, Q2).fma(r2, r.fma(Q1, Q0));
            DoubleVector q4 = r.fma(Q7, Q6).fma(r2, r.fma(Q5, Q4));
            DoubleVector q8 = r2.fma(Q10, r.fma(Q9, Q8));
            DoubleVector q = q8.fma(r4, q4).fma(r4, q0);
            DoubleVector one = r.add(ONE);
            DoubleVector rest = r.sub(one.sub(ONE)).add(high.sub(r).sub(low));
            DoubleVector z = one.add(r2.fma(q, rest));
            z.reinterpretAsLongs().add(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, Exponentials.EXPONENT))
                    .reinterpretAsDoubles().intoArray(y, yAt + i);
        }
        return outside.lanewise(VectorOperators.LSHR, 63).reduceLanes(VectorOperators.OR) != 0;
    }

    /** {@link Exponentials#sigmoid}. */
    static void sigmoid(double[] x, int xAt, double[] y, int yAt, int n) {
        int whole = whole(n);
        for (int from = 0; from < whole; from += BLOCK) {
            int count = Math.min(BLOCK, whole - from);
            boolean outside = expWhole(x, xAt + from, 0, SIGN, y, yAt + from, count);
            for (int i = from; i < from + count; i += L) {
                DoubleVector small = DoubleVector.fromArray(SPECIES, y, yAt + i);
                DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
                ONE.blend(small, v.compare(VectorOperators.LT, 0)).div(small.add(ONE)).intoArray(y, yAt + i);
            }
            if (outside) {
                repair(Elementary.SIGMOID, Exponentials.RANGE, x, xAt + from, 0, y, yAt + from, count);
            }
        }
        rest(Elementary.SIGMOID, x, xAt, 0, y, yAt, whole, n);
    }

    /** {@link Exponentials#tanh}. */
    static void tanh(double[] x, int xAt, double[] y, int yAt, int n) {
        int whole = whole(n);
        for (int i = 0; i < whole; i += L) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
            DoubleVector a = v.abs();
            DoubleVector doubled = a.add(a).min(TANH_ONE);
            DoubleVector t = doubled.fma(LOG2_E, ROUND);
            DoubleVector k = t.sub(ROUND);
            DoubleVector high = k.fma(MINUS_LN2, doubled);
            DoubleVector low = k.mul(LN2_LOW);
            DoubleVector r = high.sub(low);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector q0 = r.fma(Q3, Q2).fma(r2, r.fma(Q1, Q0));
            DoubleVector q4 = r.fma(Q7, Q6).fma(r2, r.fma(Q5, Q4));
            DoubleVector q8 = r2.fma(Q10, r.fma(Q9, Q8));
            DoubleVector q = q8.fma(r4, q4).fma(r4, q0);
            DoubleVector rest = r2.fma(q, high.sub(r).sub(low));
            DoubleVector scale = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, Exponentials.EXPONENT)
                    .add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector less = scale.sub(ONE);
            DoubleVector part = scale.mul(r);
            DoubleVector sum = less.add(part);
            rest = scale.fma(rest, part.sub(sum.sub(less)));
            DoubleVector e = sum.add(rest);
            rest = sum.sub(e).add(rest);
            DoubleVector d = e.add(TWO);
            DoubleVector two = d.sub(e);
            DoubleVector dRest = e.sub(d.sub(two)).add(TWO.sub(two)).add(rest);
            DoubleVector inverse = ONE.div(d);
            DoubleVector z = e.mul(inverse);
            DoubleVector minus = z.neg();
            DoubleVector error = minus.fma(d, e).add(minus.fma(dRest, rest));
            error.fma(inverse, z).reinterpretAsLongs().and(SIZE).or(v.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles().intoArray(y, yAt + i);
        }
        rest(Elementary.TANH, x, xAt, 0, y, yAt, whole, n);
    }

    /** {@link Logarithm#log}. */
    static void log(double[] x, int xAt, double[] y, int yAt, int n) {
        int whole = whole(n);
        for (int from = 0; from < whole; from += BLOCK) {
            int count = Math.min(BLOCK, whole - from);
            if (logWhole(x, xAt + from, y, yAt + from, count)) {
                for (int k = from; k < from + count; k++) {
                    double v = x[xAt + k];
                    if (!(v >= Double.MIN_NORMAL && v <= Double.MAX_VALUE)) {
                        y[yAt + k] = Logarithm.log(v);
                    }
                }
            }
        }
        rest(Elementary.LOG, x, xAt, 0, y, yAt, whole, n);
    }

    private static boolean logWhole(double[] x, int xAt, double[] y, int yAt, int n) {
        LongVector outside = DoubleVector.zero(SPECIES).reinterpretAsLongs(); // a constant here would be a box in each turn
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(SPECIES, x, xAt + i).reinterpretAsLongs();
            outside = outside.or(bits).or(LARGEST.sub(bits)).or(bits.sub(SMALLEST));
            LongVector biased = bits.sub(ROOT_HALF).lanewise(VectorOperators.LSHR, Exponentials.EXPONENT);
            DoubleVector k = biased.add(INTEGER).reinterpretAsDoubles().sub(BIASED);
            DoubleVector f = bits.sub(biased.lanewise(VectorOperators.LSHL, Exponentials.EXPONENT)).add(ONE_BITS)
                    .reinterpretAsDoubles().sub(ONE);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector w = s.mul(s);
            DoubleVector w2 = w.mul(w);
            DoubleVector far = w2.fma(R7, w.fma(R6, R5));
            DoubleVector r = w2.mul(w2).fma(far, w2.fma(w.fma(R4, R3), w.fma(R2, R1)));
            DoubleVector half = f.mul(HALF);
            DoubleVector square = half.mul(f);
            DoubleVector big = k.mul(LN2_HIGH);
            DoubleVector sum = big.add(f);
            DoubleVector rest = f.sub(sum.sub(big)).sub(half.fma(f, square.neg()));
            DoubleVector small = s.fma(r.fma(w, square), k.mul(LN2_REST));
            sum.add(rest.add(small.sub(square))).intoArray(y, yAt + i);
        }
        return outside.lanewise(VectorOperators.LSHR, 63).reduceLanes(VectorOperators.OR) != 0;
    }

    /** {@link Circular#sin}, or with one turn {@link Circular#cos}. */
    static void circular(Elementary f, double[] x, int xAt, double[] y, int yAt, int n) {
        int whole = whole(n);
        int turns = f == Elementary.SIN ? 0 : 1;
        for (int from = 0; from < whole; from += BLOCK) {
            int count = Math.min(BLOCK, whole - from);
            if (circularWhole(x, xAt + from, turns, y, yAt + from, count)) {
                repair(f, Circular.RANGE, x, xAt + from, 0, y, yAt + from, count);
            }
        }
        rest(f, x, xAt, 0, y, yAt, whole, n);
    }

    private static boolean circularWhole(double[] x, int xAt, long turns, double[] y, int yAt, int n) {
        LongVector outside = DoubleVector.zero(SPECIES).reinterpretAsLongs(); // a constant here would be a box in each turn
        long odd = turns == 0 ? SIGN : 0;
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
            DoubleVector a = v.abs();
            outside = outside.or(CIRCULAR_RANGE.sub(a.reinterpretAsLongs()));
            DoubleVector t = a.fma(TWO_OVER_PI, ROUND);
            DoubleVector k = t.sub(ROUND);
            DoubleVector first = k.fma(MINUS_HALF_PI, a);
            DoubleVector middle = k.mul(HALF_PI_MIDDLE);
            DoubleVector r = first.sub(middle);
            DoubleVector back = r.sub(first);
            DoubleVector low = k.fma(MINUS_HALF_PI_LOW, first.sub(r.sub(back)).sub(middle.add(back)));
            LongVector quadrant = t.reinterpretAsLongs().add(turns).lanewise(VectorOperators.LSHL, 62);
            LongVector sign = quadrant.lanewise(VectorOperators.XOR, v.reinterpretAsLongs().and(odd)).and(SIGN);
            DoubleVector z = r.mul(r);
            DoubleVector z2 = z.mul(z);
            DoubleVector half = z.mul(HALF);
            DoubleVector s = z.fma(S5, S4).fma(z2, z.fma(S3, S2)).fma(z2, z.fma(S1, S0));
            DoubleVector sine = r.add(r.mul(z).fma(s, half.neg().fma(low, low)));
            DoubleVector c = z.fma(C5, C4).fma(z2, z.fma(C3, C2)).fma(z2, z.fma(C1, C0));
            DoubleVector one = ONE.sub(half);
            DoubleVector rest = ONE.sub(one).sub(half).sub(r.fma(low, r.fma(r, z.neg()).mul(HALF)));
            DoubleVector cosine = one.add(z2.fma(c, rest));
            // Odd quadrants have bit 62 set, which is ±2 as a double; even ones are ±0.
            sine.blend(cosine, quadrant.reinterpretAsDoubles().compare(VectorOperators.NE, 0)).reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles().intoArray(y, yAt + i);
        }
        return outside.lanewise(VectorOperators.LSHR, 63).reduceLanes(VectorOperators.OR) != 0;
    }
}
