package dualtape.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The lessons, in the lecture's order. */
public final class Lessons {
    private static final List<Lesson> ALL = List.of(new ChainRuleLesson(), new RegressionLesson(),
            new LeastSquaresLesson(),
            new ThreeWaysLesson(), new TwoConstructionsLesson(), new ForwardLesson(), new ReverseLesson(),
            new ComplexityLesson(),
            new ScalarBackwardLesson(), new AccumulatingLesson(), new NonScalarLesson(), new DetachLesson(),
            new ControlFlowLesson(), new WhatGoesWrongLesson(), new TrainingLesson(), new GaussNewtonLesson());

    private Lessons() {}

    /** Their titles; the first is lesson 1. */
    public static List<String> titles() {
        List<String> titles = new ArrayList<>();
        ALL.forEach(lesson -> titles.add(lesson.title()));
        return titles;
    }

    /** Runs a lesson, counted from 1. */
    public static void run(int number, PrintStream out) {
        Lesson lesson = ALL.get(number - 1);
        out.printf("Lesson %02d. %s%n%n", number, lesson.title());
        Board board = new Board(out);
        lesson.teach(board);
        board.end();
    }
}
