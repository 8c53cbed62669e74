package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Sample;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs mean: docs/language.md, line by line. */
class GrammarTest {
    private static final Point AT = PointText.parse("x=3; y=2; z=5; t=1; f0=0; v=[1, 2, 3]; X=[[1, 2, 3], [4, 5, 6]]");

    private static Tensor value(String program) {
        Graph graph = Language.parse(program).trace(AT).graph();
        return graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, AT)).get(0);
    }

    /** Each expression beside the same with every parenthesis written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"-x^2 | -(x^2)", "2^-1 | 0.5", "2^-x^2 | 2^(-(x^2))", "x^y^t | x^(y^t)", "2^3^2 | 512",
                "x**y | x^y",
                "2**3**2 | 512", "-x**y | -(x^y)", "2^+1 | 2", "2^--1 | 2", "--x | x", "-+-x | x", "- - -x | -x",
                "-x*y | (-x)*y", "x*-y | x*(-y)", "x/y/z | (x/y)/z", "x/y*z | (x/y)*z", "x-y-z | (x-y)-z",
                "x-y+z | (x-y)+z",
                "x+y*z | x+(y*z)", "x*y+z | (x*y)+z", "x*y^z | x*(y^z)", "X@v*y | (X@v)*y", "y*X@v | (y*X)@v",
                "v@v+x | (v@v)+x", "-v[0]^y | -((v[0])^y)", "v[1]^v[2] | 8", "x+y<z*y | (x+y)<(z*y)",
                "-x<-y | (-x)<(-y)",
                "not x<y | not (x<y)", "not f0 == t | not (f0==t)", "not not x | 1", "not f0 and f0 | (not f0) and f0",
                "f0 and f0 or t | (f0 and f0) or t", "t or f0 and f0 | t or (f0 and f0)", "t or t and f0 | 1",
                "x<y or y<z | (x<y) or (y<z)", "x<y and y<z | (x<y) and (y<z)", "(x<y)<t | 1", "1-(2-3) | 2",
                "2*3^2 | 18", "2+3*4^2/8-1 | 7", "pow(x, y) | x^y", "1e-2+1E+2 | 100.01", ".5+2.+0.25 | 2.75",
                "1.e2 | 100"})
    void operatorsBindAsInTheTable(String written, String meant) {
        assertThat(value(written)).isEqualTo(value(meant));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"x < 3 | 0", "x <= 3 | 1", "x > 2 | 1", "x >= 4 | 0", "x == 3 | 1", "x != 3 | 0",
                "nan == nan | 0", "nan != nan | 1", "inf > 1e308 | 1", "-inf < inf | 1", "not 0 | 1", "not 2 | 0",
                "2 and 3 | 1",
                "2 and 0 | 0", "0 or 0 | 0", "0 or nan | 1", "inf | Infinity", "-inf | -Infinity", "nan | NaN",
                "pi | 3.141592653589793",
                "e | 2.718281828459045", "1e999 | Infinity", "1e-999 | 0"})
    void comparisonsAndLogicGiveZeroOrOneAndConstantsHaveTheirValues(String program, double value) {
        assertThat(value(program)).isEqualTo(Tensor.scalar(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"v[0] | 1", "v[-1] | 3", "v[0:2] | [1, 2]", "v[1:] | [2, 3]", "v[:2] | [1, 2]", "v[:] | [1, 2, 3]",
                "v[-2:] | [2, 3]", "v[:-1] | [1, 2]", "v[1:1] | []", "v[y] | 3", "v[x-y:x] | [2, 3]",
                "X[1] | [4, 5, 6]",
                "X[1, 2] | 6", "X[1][2] | 6", "X[:, 1] | [2, 5]", "X[0, 1:] | [2, 3]", "X[:, -1] | [3, 6]",
                "X[:1, :2] | [[1, 2]]", "X[-1, -1] | 6", "(v + v)[1] | 4", "[10, 20, 30][1] | 20",
                "sum(X)[:] + 0 * 0 | err",
                "max(v)^v[1] | 9", "[x, 2*x] | [3, 6]", "[[x, y], [y, x]] | [[3, 2], [2, 3]]",
                "[v, v] | [[1,2,3],[1,2,3]]",
                "[] | []", "[-1, +2] | [-1, 2]", "[-inf, nan, pi][0] | -inf", "[1, 2] + 1 | [2, 3]",
                "2 * v | [2, 4, 6]",
                "v ^ 2 | [1, 4, 9]", "v / v | [1, 1, 1]", "v * v | [1, 4, 9]", "sum(X, axis=0) | [5, 7, 9]",
                "sum(X, axis=1) | [6, 15]", "sum(X, axis=-1) | [6, 15]", "sum(axis=0, X) | [5, 7, 9]", "max(x, y) | 3",
                "max(v) | 3", "min(v, 2) | [1, 2, 2]", "norm(-3) | 3", "sum(x) | 3", "dot(x, y) | 6",
                "X @ v | [14, 32]",
                "v @ v | 14", "outer([1, 2], [3, 4]) | [[3, 4], [6, 8]]", "transpose(X)[2] | [3, 6]"})
    void tensorsIndicesAndAttributes(String program, String expected) {
        if (expected.equals("err")) {
            assertThatThrownBy(() -> value(program)).isInstanceOf(LanguageException.class);
        } else {
            assertThat(value(program)).isEqualTo(value(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"x; y | 2", "x\\ny | 2", "x;; ;y; | 2", "\\n\\n x \\n\\n | 3", "a = x | 3",
                "a = 1; a = a + x; a | 4",
                "a = x # + 1 | 3", "# nothing\\nx | 3", "a = (x\\n + y\\n) | 5", "[1,\\n 2][1] | 2",
                "if t { 1 } else { 2 } | 1", "if f0 { 1 } else { 2 } | 2", "if f0 { 1 } else if t { 2 } else { 3 } | 2",
                "if f0 { 1 } else if f0 { 2 } else { 3 } | 3", "if t {\\n a = 1\\n}\\nelse {\\n a = 2\\n}\\na | 1",
                "if t { a = 7 }; a | 7", "if nan { 1 } else { 2 } | 1", "b = 1; while b < 100 { b = 2 * b }; b | 128",
                "b = 1; while b < 100 { b = 2 * b } | 128", "s = 0; for i in 0..4 { s = s + i }; s | 6",
                "for i in 0..4 { i * i } | 9", "for i in 0..3 { i }; i | 2", "s = 0; for i in 2..2 { s = 1 }; s | 0",
                "s = 0; for i in 3..1 { s = 1 }; s | 0", "s = 0; for i in -2..1 { s = s + i }; s | -3",
                "for i in 0..y+1 { i } | 2", "for i in 0 .. 3 { i } | 2", "for i in y..x { i } | 2",
                "s = 0; for i in 0..3 { for j in 0..i { s = s + 1 } }; s | 3", "a = 5; if t { a = a + 1; 2 * a } | 12",
                "def f(a) = a^2; f(x) | 9", "def f(a) { b = a + 1; b * b }; f(x) | 16",
                "def f(a, b) = a - b; f(x, y) | 1",
                "def f() = x; f() | 3", "f(x); def f(a) = 2 * a; f(x) | 6",
                "def f(a) = g(a) + 1; def g(a) = 2 * a; f(x) | 7",
                "a = 10; def f(b) = a + b; f(x) | 13", "a = 10; def f(b) { a = b; a }; f(x) + a | 13",
                "def f(x) = x + 1; f(10) + x | 14", "def f(a) { for i in 0..3 { a = 2 * a }; a }; f(1) | 8",
                "def f(a) {\\n\\n b = a\\n b\\n}\\nf(x) | 3", "def f(a) = f0 + a; f(x) | 3",
                "a = 1; for i in 0..3 { a = 2 * a; if i == 1 { a = 100 } }; a | 200",
                "a = x; while a > 1 { a = a / 2; if a < 0 { a = 0 } else { a = a } } | 0.75"})
    void statementsAndTheirValues(String program, String expected) {
        assertThat(value(program.replace("\\n", "\n"))).isEqualTo(value(expected));
    }

    @Test
    void inputsAreTheNamesNeverAssignedInOrderOfFirstAppearance() {
        assertThat(Language.parse("b + a * b").inputs()).containsExactly("b", "a");
        assertThat(Language.parse("a = c; for i in 0..n { a = a + b[i] }; a").inputs()).containsExactly("c", "n", "b");
        assertThat(Language.parse("def f(p) = p * q; r + f(s)").inputs()).containsExactly("q", "r", "s");
        assertThat(Language.parse("pi * e + inf").inputs()).isEmpty();
        assertThat(Language.parse("α + β_1 + _c + 漢").inputs()).containsExactly("α", "β_1", "_c", "漢");
        assertThat(Language.parse("sum(axis, axis=0)").inputs()).containsExactly("axis");
    }

    @Test
    void valuesOfThePointThatTheProgramDoesNotReadAreInputsToo() {
        Graph graph = Language.parse("y + 1").trace(AT).graph();
        assertThat(graph.inputs().stream().map(input -> input.name()).toList()).containsExactly("y", "x", "z", "t",
                "f0",
                "v", "X");
        assertThat(graph.input("X").shape()).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void keywordsConstantsAndFunctionsCannotBeInputs() {
        List<String> words = new ArrayList<>(
                List.of("if", "else", "while", "for", "in", "def", "not", "and", "or", "pi", "e",
                        "inf", "nan"));
        Operations.all().stream().map(Operation::name).filter(name -> Character.isLetter(name.charAt(0)))
                .forEach(words::add);
        for (String word : words) {
            assertThatThrownBy(() -> PointText.parse(word + "=1")).hasMessageContaining("choose another name");
            assertThatThrownBy(() -> Language.parse(word + " = 1; x").trace(AT)).isInstanceOf(LanguageException.class);
        }
    }

    static List<Operation> functions() {
        return Operations.all().stream().filter(operation -> Character.isLetter(operation.name().charAt(0))).toList();
    }

    /** Every operation of the catalogue is a function of its own name, called with the operands and attributes of its samples. */
    @ParameterizedTest
    @MethodSource("functions")
    void everyOperationIsAFunctionOfItsName(Operation operation) {
        for (Sample sample : operation.samples()) {
            Map<String, Tensor> point = new LinkedHashMap<>();
            sample.operands().forEach(operand -> point.put("x" + point.size(), operand));
            String text = Calling.text(operation, sample, List.copyOf(point.keySet()));
            Graph graph = Language.parse(text).trace(Point.of(point)).graph();
            Tensor expected = operation.call(Tensors.INSTANCE, sample.operands(),
                    dualtape.op.Attributes.of(operation, sample.attributes()));
            assertThat(graph.evaluate(Tensors.INSTANCE, List.copyOf(point.values())).get(0)).as(text)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aByteOrderMarkAtTheStartIsNoPartOfTheProgram() {
        assertThat(value("\uFEFFx + 1")).isEqualTo(Tensor.scalar(4));
    }
}
