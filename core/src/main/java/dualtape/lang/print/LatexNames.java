package dualtape.lang.print;

import dualtape.ir.Notation;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Names, numbers and small tensors in LaTeX mathematics, with what {@code pdflatex} and {@code amsmath} know. */
final class LatexNames {
    private static final int MOST_ELEMENTS = 6;
    private static final Map<String, String> GREEK = greek();
    /** Combining marks of Unicode and the accents of LaTeX mathematics. */
    private static final Map<Character, String> ACCENTS = Map.of('\u0300', "grave", '\u0301', "acute", '\u0302', "hat",
            '\u0303', "tilde", '\u0304', "bar", '\u0306', "breve", '\u0307', "dot", '\u0308', "ddot", '\u030A',
            "mathring", '\u030C', "check");

    private LatexNames() {}

    /** A letter, a letter with an index, or a word: x, x_{1}, \mathit{loss}. */
    static String of(String name) {
        int digits = name.length();
        while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
            digits--;
        }
        String letters = digits > 0 && name.charAt(digits - 1) == '_' && digits > 1 && digits < name.length()
                ? name.substring(0, digits - 1)
                : name.substring(0, digits);
        StringBuilder index = new StringBuilder();
        name.substring(digits).chars().forEach(c -> index.append(Character.digit(c, 10)));
        return index.isEmpty() ? letters(letters) : letters(letters) + "_{" + index + "}";
    }

    private static String letters(String letters) {
        if (GREEK.containsKey(letters)) {
            return GREEK.get(letters);
        } else if (letters.length() == 1 && letters.charAt(0) < 128 && letters.charAt(0) != '_') {
            return letters;
        }
        StringBuilder text = new StringBuilder();
        Normalizer.normalize(letters, Normalizer.Form.NFC).codePoints().forEach(c -> text.append(letter(c)));
        return "\\mathit{" + text + "}";
    }

    /** One letter of a word: pdflatex's fonts have the Latin and the Greek ones, with the accents of mathematics. */
    private static String letter(int c) {
        String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
        if (c < 128) {
            return c == '_' ? "\\_" : Character.toString(c);
        } else if (c == 'ß') {
            return "\\text{\\ss}";
        } else if (GREEK.containsKey(Character.toString(c))) {
            return GREEK.get(Character.toString(c)) + " ";
        } else if (parts.length() == 2 && parts.charAt(0) < 128 && ACCENTS.containsKey(parts.charAt(1))) {
            return "\\" + ACCENTS.get(parts.charAt(1)) + "{" + parts.charAt(0) + "}";
        }
        return "\\langle\\mathrm{U" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + "}\\rangle ";
    }

    /** Digits with an exponent as a power of ten. */
    static String number(String text) {
        return text.replace("Infinity", "\\infty").replace("NaN", "\\mathrm{NaN}")
                .replaceAll("^(-?)1e(-?\\d+)$", "$110^{$2}")
                .replaceAll("e(-?\\d+)$", " \\\\cdot 10^{$1}");
    }

    /** A vector in brackets, a matrix, or a c with the shape for a tensor that is too large to spell out. */
    static Written constant(Tensor value, DoubleFunction<Written> number) {
        Shape shape = value.shape();
        if (shape.isScalar()) {
            return number.apply(value.at(0));
        } else if (value.size() > MOST_ELEMENTS || shape.rank() > 2 || value.size() == 0) {
            String extents = shape.toString().replace(", ", " \\times ").replaceAll("[\\[\\]]", "");
            return new Written("c_{" + extents + "}", Notation.ATOM);
        }
        StringBuilder text = new StringBuilder(shape.rank() == 1 ? "\\left[" : "\\begin{bmatrix}");
        for (int i = 0; i < value.size(); i++) {
            boolean row = shape.rank() == 2 && i % shape.extent(1) == 0;
            text.append(i == 0 ? "" : row ? " \\\\ " : shape.rank() == 1 ? ", " : " & ")
                    .append(number.apply(value.at(i)).text());
        }
        return new Written(text.append(shape.rank() == 1 ? "\\right]" : "\\end{bmatrix}").toString(), Notation.ATOM);
    }

    private static Map<String, String> greek() {
        String names = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi - pi rho - sigma tau "
                + "upsilon phi chi psi omega";
        Map<String, String> letters = new HashMap<>();
        int lower = 'α';
        for (String name : names.split(" ")) {
            if (!name.equals("-")) {
                letters.put(name, "\\" + name);
                letters.put(Character.toString(lower), "\\" + name);
            }
            lower++;
        }
        for (String name : "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" ")) {
            int small = letters.entrySet().stream()
                    .filter(entry -> entry.getKey().length() == 1
                            && entry.getValue().equals("\\" + name.toLowerCase(Locale.ROOT)))
                    .mapToInt(entry -> entry.getKey().charAt(0)).findFirst().orElseThrow();
            letters.put(name, "\\" + name);
            letters.put(Character.toString(small - 'α' + 'Α'), "\\" + name);
        }
        return Map.copyOf(letters);
    }
}
