package dualtape.demo;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Swell;
import dualtape.engine.Operator;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.numbers.ComplexNumbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import dualtape.lang.Language;
import dualtape.lang.print.TextPrinter;
import dualtape.report.Table;
import java.util.List;
import java.util.Locale;

/** Symbolic, numeric and automatic differentiation side by side. */
final class ThreeWaysLesson implements Lesson {
    private static final double X = 0.7;

    @Override
    public String title() {
        return "Symbolic, numeric and automatic differentiation";
    }

    @Override
    public void teach(Board board) {
        board.say("Symbolic differentiation makes formulas:");
        board.show("D[4 x^3 + x^2 + 3]", formula("4 * x^3 + x^2 + 3"));
        board.head("Written out they swell. y = sin(y) * y, again and again, and the derivative's size:");
        Table swell = new Table("times", "written out", "with common parts once");
        for (int n = 1; n <= 16; n *= 2) {
            Graph derived = derived("y = x; for i in 0.." + n + " { y = sin(y) * y }; y");
            Swell size = Swell.of(derived, derived.outputs().subList(1, 2));
            swell.row(Integer.toString(n), String.format(Locale.ROOT, "%,d", size.tree()),
                    Long.toString(size.shared()));
        }
        board.block(swell.text());
        board.say(
                "Numeric differentiation takes differences. The step is too large or too small: the error against h is a V.");
        board.say(
                "A complex step, Im f(x + ih) / h, subtracts nothing: its error falls to the rounding and stays there.");
        double exact = Engines.forward().gradient(Language.parse("exp(sin(x))"), Point.of("x", X)).get("x").value();
        Table errors = new Table("h", "(f(x+h) - f(x)) / h", "central difference", "complex step");
        for (int e = 1; e <= 15; e += 2) {
            double h = Math.pow(10, -e);
            errors.row("1e-" + e, error((f(X + h) - f(X)) / h, exact), error((f(X + h) - f(X - h)) / (2 * h), exact),
                    error(complexStep(h), exact));
        }
        board.block(errors.text());
        board.say("Automatic differentiation gives the derivative at a point, to rounding, and makes no formula:");
        board.show("d/dx exp(sin(x)) at 0.7", exact);
        board.show("cos(x) exp(sin(x)) at 0.7", StrictMath.cos(X) * StrictMath.exp(StrictMath.sin(X)));
    }

    private static Graph derived(String program) {
        Source f = Language.parse(program);
        return Engines.symbolic().derive(f.trace(Point.of("x", X)).graph(), Request.of(Operator.GRADIENT, List.of("x")))
                .graph();
    }

    private static String formula(String program) {
        Graph derived = derived(program);
        return TextPrinter.print(derived, derived.outputs().get(1), 80);
    }

    private static double f(double x) {
        return StrictMath.exp(StrictMath.sin(x));
    }

    private static double complexStep(double h) {
        Array<Complex> x = new Array<>(Shape.SCALAR);
        x.set(0, new Complex(X, h));
        Graph f = Language.parse("exp(sin(x))").trace(Point.of("x", X)).graph();
        return f.evaluate(new NumbersAlgebra<>(ComplexNumbers.INSTANCE), List.of(x)).get(0).get(0).im() / h;
    }

    private static String error(double estimate, double exact) {
        double error = Math.abs(estimate - exact) / Math.abs(exact);
        return error < 1e-15 ? "below 1e-15" : String.format(Locale.ROOT, "%.0e", error);
    }
}
