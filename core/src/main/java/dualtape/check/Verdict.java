package dualtape.check;

import java.util.Map;

/** What a check says of a derivative as a whole. */
public enum Verdict {
    /** Something is certified, or everything is at an edge or undefined, and nothing is wrong or unresolved. */
    AGREE,
    /** The witness cannot tell of some number, or nothing but noise was found. */
    UNRESOLVED,
    /** Some number is wrong. */
    DISAGREE;

    /** The verdict over numbers that were judged: an excuse never certifies. */
    static Verdict of(Map<Judgement, Integer> counts) {
        if (counts.getOrDefault(Judgement.WRONG, 0) > 0) {
            return DISAGREE;
        }
        int good = 0;
        for (Judgement judgement : new Judgement[] {Judgement.CERTIFIED, Judgement.EDGE, Judgement.UNDEFINED}) {
            good += counts.getOrDefault(judgement, 0);
        }
        boolean nothing = counts.values().stream().mapToInt(count -> count).sum() == 0;
        return counts.getOrDefault(Judgement.UNRESOLVED, 0) > 0 || good == 0 && !nothing ? UNRESOLVED : AGREE;
    }
}
