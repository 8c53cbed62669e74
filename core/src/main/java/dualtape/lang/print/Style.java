package dualtape.lang.print;

import dualtape.ir.Notation;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Numerals;

/** One of the two ways in which expressions are written: literals, names, parentheses. */
enum Style {
    /** The text language: what is written parses back. */
    TEXT("(", ")", "...") {
        @Override
        String pattern(Notation notation) {
            return notation.text();
        }

        @Override
        String name(String name) {
            return name;
        }

        @Override
        Written number(double x) {
            return signed(Double.isNaN(x) ? "nan" : Numerals.text(x).replace("Infinity", "inf"));
        }

        @Override
        Written constant(Tensor value) {
            return value.shape().isScalar() ? number(value.at(0)) : new Written(nested(value), Notation.ATOM);
        }
    },

    /** LaTeX mathematics, for {@code amsmath}. */
    LATEX("\\left(", "\\right)", "\\ldots") {
        @Override
        String pattern(Notation notation) {
            return notation.latex();
        }

        @Override
        String name(String name) {
            return LatexNames.of(name);
        }

        @Override
        Written number(double x) {
            return signed(LatexNames.number(Numerals.text(x)));
        }

        @Override
        Written constant(Tensor value) {
            return LatexNames.constant(value, this::number);
        }

        /** A command ends before a letter; what has an index of its own is braced (with an atom more) before another. */
        @Override
        void append(StringBuilder text, String operand, char next) {
            int letters = text.length();
            while (letters > 0 && isLetter(text.charAt(letters - 1))) {
                letters--;
            }
            boolean command = letters > 0 && letters < text.length() && text.charAt(letters - 1) == '\\'
                    && isLetter(operand.charAt(0));
            boolean twice = (next == '_' || next == '^') && (operand.indexOf('_') >= 0 || operand.indexOf('^') >= 0);
            text.append(command ? " " : "").append(twice ? "{" + operand + "{}}" : operand);
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
    };

    private final String open;
    private final String close;
    private final String dots;

    Style(String open, String close, String dots) {
        this.open = open;
        this.close = close;
        this.dots = dots;
    }

    /** The pattern of an application. */
    abstract String pattern(Notation notation);

    /** A name, as an atom. */
    abstract String name(String name);

    abstract Written number(double x);

    abstract Written constant(Tensor value);

    /**
     * Puts an operand into a pattern.
     *
     * @param text what stands before it
     * @param next the character of the pattern that follows
     */
    void append(StringBuilder text, String operand, char next) {
        text.append(operand);
    }

    String open() {
        return open;
    }

    String close() {
        return close;
    }

    /** What stands for a part that is left out. */
    String dots() {
        return dots;
    }

    private static Written signed(String number) {
        return new Written(number, number.startsWith("-") ? Notation.SIGN : Notation.ATOM);
    }

    /** The elements in nested brackets, all of them. */
    private static String nested(Tensor value) {
        StringBuilder text = new StringBuilder();
        Shape shape = value.shape();
        int[] index = new int[shape.rank()];
        text.append("[".repeat(shape.rank()));
        for (int i = 0; i < value.size(); i++) {
            text.append(TEXT.number(value.at(i)).text());
            int axis = shape.rank() - 1;
            int closed = 0;
            while (axis >= 0 && ++index[axis] == shape.extent(axis)) {
                index[axis--] = 0;
                closed++;
            }
            text.append("]".repeat(closed)).append(axis >= 0 ? ", " + "[".repeat(closed) : "");
        }
        return text.toString();
    }
}
