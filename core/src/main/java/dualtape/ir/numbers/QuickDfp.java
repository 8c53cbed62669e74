package dualtape.ir.numbers;

import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;

/**
 * A {@link Dfp} whose sums, products, quotients and roots take a fraction of the time: the same numbers, rounded in the same way.
 *
 * <p>Dfp carries from digit to digit (of base 10,000) as it multiplies. Here two digits make a limb of base 10⁸, limbs are
 * multiplied and added without a carry, which 64 bits have room for, and one pass at the end carries. A quotient is made limb
 * by limb, each estimated from the leading ones in doubles; one that is off by one is mended by the next, since limbs have signs until
 * they are carried. A root is Newton's iteration for 1/√x from a double, without a division.
 */
final class QuickDfp extends Dfp {
    private static final long LIMB = 100_000_000;
    private static final int DIGIT = 10_000;

    QuickDfp(DfpField field) {
        super(field);
    }

    private QuickDfp(DfpField field, byte x) {
        super(field, x);
    }

    private QuickDfp(DfpField field, int x) {
        super(field, x);
    }

    private QuickDfp(DfpField field, long x) {
        super(field, x);
    }

    private QuickDfp(DfpField field, double x) {
        super(field, x);
    }

    private QuickDfp(Dfp x) {
        super(x);
    }

    private QuickDfp(DfpField field, String text) {
        super(field, text);
    }

    private QuickDfp(DfpField field, byte sign, byte kind) {
        super(field, sign, kind);
    }

    @Override
    public Dfp newInstance() {
        return new QuickDfp(getField());
    }

    @Override
    public Dfp newInstance(byte x) {
        return new QuickDfp(getField(), x);
    }

    @Override
    public Dfp newInstance(int x) {
        return new QuickDfp(getField(), x);
    }

    @Override
    public Dfp newInstance(long x) {
        return new QuickDfp(getField(), x);
    }

    @Override
    public Dfp newInstance(double x) {
        return x == (int) x && x != 0 ? new QuickDfp(getField(), (int) x) : new QuickDfp(getField(), x);
    }

    @Override
    public Dfp newInstance(Dfp x) {
        return x.getRadixDigits() == mant.length ? new QuickDfp(x) : super.newInstance(x);
    }

    @Override
    public Dfp newInstance(String text) {
        return new QuickDfp(getField(), text);
    }

    @Override
    public Dfp newInstance(byte sign, byte kind) {
        return new QuickDfp(getField(), sign, kind);
    }

    /** Whether the other is a number of this kind and neither is zero, infinite or NaN. */
    private boolean isPlain(Dfp other) {
        return other instanceof QuickDfp x && x.mant.length == mant.length && nans == FINITE && x.nans == FINITE
                && mant[mant.length - 1] != 0 && x.mant[mant.length - 1] != 0;
    }

    @Override
    public Dfp add(Dfp x) {
        return isPlain(x) ? sum((QuickDfp) x, ((QuickDfp) x).sign) : super.add(x);
    }

    @Override
    public Dfp subtract(Dfp x) {
        return isPlain(x) ? sum((QuickDfp) x, (byte) -((QuickDfp) x).sign) : super.subtract(x);
    }

    /** With one digit to guard, as Dfp does. */
    private Dfp sum(QuickDfp x, byte itsSign) {
        boolean swapped = isLess(x);
        QuickDfp large = swapped ? x : this;
        QuickDfp small = swapped ? this : x;
        int length = mant.length;
        int shift = Math.min(large.exp - small.exp, length + 2);
        boolean minus = sign != itsSign;
        QuickDfp sum = new QuickDfp(getField());
        int guard = shift >= 1 && shift <= length ? small.mant[shift - 1] : 0;
        int carry = minus && guard != 0 ? -1 : 0;
        guard = minus && guard != 0 ? DIGIT - guard : guard;
        for (int i = 0; i < length; i++) {
            int other = i + shift < length ? small.mant[i + shift] : 0;
            int digit = large.mant[i] + (minus ? -other : other) + carry;
            carry = digit >= DIGIT ? 1 : digit < 0 ? -1 : 0;
            sum.mant[i] = digit - carry * DIGIT;
        }
        sum.exp = large.exp;
        sum.sign = swapped ? itsSign : sign;
        if (carry > 0) {
            guard = sum.mant[0];
            sum.shiftRight();
            sum.mant[length - 1] = 1;
        } else if (sum.mant[length - 1] == 0) {
            guard = sum.normalize(guard);
        }
        return rounded(sum, guard, x);
    }

    /** Moves the leading digit to its place, and the guard behind the digits that there are. What is left as the guard. */
    private int normalize(int guard) {
        int length = mant.length;
        int zeros = 0;
        while (zeros < length && mant[length - 1 - zeros] == 0) {
            zeros++;
        }
        if (zeros == length && guard == 0) {
            exp = 0;
            sign = 1;
            return 0;
        }
        System.arraycopy(mant, 0, mant, zeros, length - zeros);
        java.util.Arrays.fill(mant, 0, zeros, 0);
        mant[zeros - 1] = guard;
        exp -= zeros;
        return 0;
    }

    /** |this| &lt; |x|. */
    private boolean isLess(QuickDfp x) {
        if (exp != x.exp) {
            return exp < x.exp;
        }
        for (int i = mant.length - 1; i >= 0; i--) {
            if (mant[i] != x.mant[i]) {
                return mant[i] < x.mant[i];
            }
        }
        return false;
    }

    private Dfp rounded(QuickDfp result, int next, Dfp x) {
        int exceptional = result.round(next);
        return exceptional == 0 || exceptional == DfpField.FLAG_INEXACT ? result
                : dotrap(exceptional, "quick", x, result);
    }

    /** Two digits a limb, the leading one with both of its digits. */
    private static long[] limbs(int[] digits) {
        int n = (digits.length + 1) / 2;
        long[] limbs = new long[n];
        for (int i = 0; i < n; i++) {
            int high = digits.length - 1 - 2 * (n - 1 - i);
            limbs[i] = digits[high] * (long) DIGIT + (high > 0 ? digits[high - 1] : 0);
        }
        return limbs;
    }

    /** Carries from limb to limb, the top one last; the digits, two a limb. */
    private static int[] digits(long[] limbs) {
        int[] digits = new int[2 * limbs.length];
        long carry = 0;
        for (int i = 0; i < limbs.length; i++) {
            long limb = limbs[i] + carry;
            carry = limb / LIMB;
            int rest = (int) (limb - carry * LIMB);
            if (rest < 0) {
                rest += (int) LIMB;
                carry--;
            }
            int high = rest / DIGIT;
            digits[2 * i] = rest - high * DIGIT;
            digits[2 * i + 1] = high;
        }
        return digits;
    }

    /** The leading digits, rounded. @param exponent of the top digit of all, one more for each above the point */
    private Dfp leading(int[] digits, int exponent, QuickDfp x) {
        int top = digits.length - 1;
        while (digits[top] == 0) {
            top--;
        }
        int length = mant.length;
        QuickDfp result = new QuickDfp(getField());
        System.arraycopy(digits, top - length + 1, result.mant, 0, length);
        result.exp = exponent - (digits.length - 1 - top);
        result.sign = (byte) (sign == x.sign ? 1 : -1);
        return rounded(result, top >= length ? digits[top - length] : 0, x);
    }

    @Override
    public Dfp multiply(Dfp factor) {
        if (!isPlain(factor)) {
            return super.multiply(factor);
        }
        QuickDfp x = (QuickDfp) factor;
        long[] a = limbs(mant);
        long[] b = x == this ? a : limbs(x.mant);
        long[] product = new long[2 * a.length];
        for (int i = 0; i < a.length; i++) {
            long by = a[i];
            for (int j = 0; j < b.length; j++) {
                product[i + j] += by * b[j];
            }
        }
        return leading(digits(product), exp + x.exp, x);
    }

    @Override
    public Dfp divide(Dfp divisor) {
        if (!isPlain(divisor)) {
            return super.divide(divisor);
        }
        QuickDfp x = (QuickDfp) divisor;
        long[] rest = limbs(mant);
        long[] by = limbs(x.mant);
        int n = by.length;
        long[] r = new long[n + 1];
        System.arraycopy(rest, 0, r, 0, n);
        double head = 1 / head(by, n - 1, 0);
        long[] quotient = new long[n + 3];
        for (int k = quotient.length - 1; k >= 0; k--) {
            long q = (long) Math.floor(head(r, n - 1, r[n]) * head);
            quotient[k] = q;
            for (int j = 0; j < n; j++) {
                r[j] -= q * by[j];
            }
            // The remainder one limb further up: its top limb holds what is above, too.
            r[n] = r[n] * LIMB + r[n - 1];
            System.arraycopy(r, 0, r, 1, n - 1);
            r[0] = 0;
        }
        return leading(digits(quotient), exp - x.exp + 2, x);
    }

    /** The value of the limbs from one down, in units of that one, with what stands above it. */
    private static double head(long[] limbs, int top, long above) {
        double low = top > 1 ? limbs[top - 2] * 1e-16 : 0;
        return above * 1e8 + limbs[top] + (top > 0 ? limbs[top - 1] * 1e-8 : 0) + low;
    }

    /** To about 15 digits; not for numbers beyond those of doubles. */
    double approximately() {
        int top = mant.length - 1;
        double leading = mant[top] + mant[top - 1] * 1e-4 + mant[top - 2] * 1e-8 + mant[top - 3] * 1e-12
                + mant[top - 4] * 1e-16;
        return sign * leading * Math.pow(DIGIT, exp - 1);
    }

    @Override
    public Dfp sqrt() {
        if (nans != FINITE || sign < 0 || mant[mant.length - 1] == 0) {
            return super.sqrt();
        }
        int half = Math.floorDiv(exp, 2); // x = 10000^(2 half) m with 1e-4 <= m < 1e4
        QuickDfp m = new QuickDfp(this);
        m.exp = exp - 2 * half;
        QuickDfp inverse = new QuickDfp(getField(), (long) (1e16 / Math.sqrt(m.approximately())));
        inverse.exp -= 4;
        Dfp y = inverse;
        Dfp one = newInstance(1);
        for (int right = 14; 2 * right < 4 * mant.length; right *= 2) { // the last step, below, doubles once more
            y = y.add(y.multiply(one.subtract(y.multiply(y).multiply(m))).divide(2));
        }
        Dfp near = m.multiply(y);
        QuickDfp root = (QuickDfp) near.add(m.subtract(near.multiply(near)).multiply(y).divide(2));
        QuickDfp above = new QuickDfp(getField(), 1);
        above.exp = root.exp + 1;
        Dfp shorter = root.add(above).subtract(above);
        root = (QuickDfp) (shorter.multiply(shorter).equals(m) ? shorter : root); // the root of a square is exact
        root.exp += half;
        return root;
    }
}
