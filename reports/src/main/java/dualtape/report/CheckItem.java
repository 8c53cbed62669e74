package dualtape.report;

import dualtape.check.Component;
import dualtape.check.Culprit;
import dualtape.check.Finding;
import dualtape.check.Judgement;
import dualtape.check.Verdict;
import dualtape.engine.EdgeHit;
import dualtape.ir.Conventions;
import dualtape.ir.Origin;
import java.util.List;

/**
 * A finding with what is needed to report it.
 *
 * @param finding what was found
 * @param point the point, as one types it
 * @param again the command that checks the same once more
 */
public record CheckItem(Finding finding, String point, String again) {
    /** Rules under which findings are reported. */
    public enum Rule {
        /** A derivative is wrong. */
        DT001("mismatch", "A derivative differs from its witness by more than rounding explains."),
        /** An edge is hit. */
        DT002("edge", "The point is at an edge, where the derivative is a convention."),
        /** A derivative is not finite where it should be. */
        DT003("nan", "A derivative is NaN or infinite although the function is smooth there."),
        /** The witness cannot tell. */
        DT004("unresolved", "No witness can tell whether the derivative is right.");

        private final String label;
        private final String summary;

        Rule(String label, String summary) {
            this.label = label;
            this.summary = summary;
        }

        /** The name, lower case. */
        public String label() {
            return label;
        }

        /** One line. */
        public String summary() {
            return summary;
        }
    }

    /** The rule that it is reported under; null where there is nothing to report. */
    public Rule rule() {
        if (finding.verdict() == Verdict.DISAGREE) {
            return Double.isFinite(finding.firstWrong().got()) ? Rule.DT001 : Rule.DT003;
        } else if (finding.verdict() == Verdict.UNRESOLVED) {
            return Rule.DT004;
        }
        return finding.edges().isEmpty() && finding.count(Judgement.EDGE) == 0 ? null : Rule.DT002;
    }

    /** Where: that of the operation to blame, or of the first edge; null where nothing is known. */
    public Origin origin() {
        for (Culprit culprit : finding.culprits()) {
            if (culprit.origin() != null) {
                return culprit.origin();
            }
        }
        return finding.edges().stream().map(hit -> hit.application().origin()).filter(origin -> origin != null)
                .findFirst().orElse(null);
    }

    /** As in {@code lecture/sum, order 1, reverse}. */
    public String title() {
        return finding.name() + ", order " + finding.order() + ", " + finding.engine();
    }

    /** What is to be said of it, in lines. */
    public List<String> lines(int most) {
        List<String> lines = new java.util.ArrayList<>();
        List<Component> components = finding.components();
        for (int i = 0; i < Math.min(most, components.size()); i++) {
            Component component = components.get(i);
            lines.add((component.judgement() == Judgement.WRONG ? "" : component.judgement().label() + ": ")
                    + component.text());
        }
        int more = finding.count(Judgement.WRONG) + finding.count(Judgement.UNRESOLVED) + finding.count(Judgement.EDGE)
                + finding.count(Judgement.UNDEFINED) - Math.min(most, components.size());
        if (more > 0) {
            lines.add("and " + more + " more");
        }
        if (components.stream().noneMatch(component -> component.judgement() == Judgement.EDGE)) {
            for (EdgeHit hit : finding.edges().subList(0, Math.min(most, finding.edges().size()))) {
                lines.add("edge: " + hit.text(Conventions.MINNORM));
            }
        }
        finding.culprits().forEach(culprit -> lines.add("to blame: " + culprit.where() + ": " + culprit.note()));
        return lines;
    }
}
