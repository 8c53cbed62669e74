package dualtape.demo;

import dualtape.report.Messages;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lessons, in the lecture's order. */
public final class Lessons {
    private static final List<Lesson> ALL = List.of(new ChainRuleLesson(), new RegressionLesson(),
            new LeastSquaresLesson(),
            new ThreeWaysLesson(), new TwoConstructionsLesson(), new ForwardLesson(), new ReverseLesson(),
            new ComplexityLesson(),
            new ScalarBackwardLesson(), new AccumulatingLesson(), new NonScalarLesson(), new DetachLesson(),
            new ControlFlowLesson(), new WhatGoesWrongLesson(), new TrainingLesson(), new GaussNewtonLesson());

    private Lessons() {}

    /** Their titles in a language; the first is lesson 1. */
    public static List<String> titles(Messages messages) {
        List<String> titles = new ArrayList<>();
        ALL.forEach(lesson -> titles.add(messages.text(lesson.title())));
        return titles;
    }

    /** Runs a lesson, counted from 1, in a language. */
    public static void run(int number, PrintStream out, Messages messages) {
        Lesson lesson = ALL.get(number - 1);
        out.println(messages.text("demo.lesson", String.format(Locale.ROOT, "%02d", number),
                messages.text(lesson.title())));
        out.println();
        Board board = new Board(out, messages);
        lesson.teach(board);
        board.end();
    }
}
