package dualtape.check;

import dualtape.engine.EdgeHit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a check found out about one derivative of one function by one engine at one point.
 *
 * @param name of the function
 * @param engine whose derivative it is
 * @param order 1 or 2
 * @param point which of several points, from 0 on
 * @param verdict as a whole
 * @param counts how many numbers were judged in each way
 * @param components those that are not certified or excused, the wrong ones first; not all if there are very many
 * @param edges the edges that the point hits
 * @param culprits for what is wrong, the places to blame; empty where nothing is
 * @param numbers what the engine gave, by the name of each number that was judged, in order
 * @param worst the largest distance in ulps among the certified numbers
 * @param evaluations of the function by witnesses
 * @param sweeps of the engine
 */
public record Finding(
        String name, String engine, int order, int point, Verdict verdict, Map<Judgement, Integer> counts,
        List<Component> components, List<EdgeHit> edges, List<Culprit> culprits, Map<String, Double> numbers,
        double worst,
        long evaluations, long sweeps) {
    /** The first component that is wrong, or null. */
    public Component firstWrong() {
        return components.stream().filter(component -> component.judgement() == Judgement.WRONG).findFirst()
                .orElse(null);
    }

    /** How many numbers were judged in one way. */
    public int count(Judgement judgement) {
        return counts.getOrDefault(judgement, 0);
    }

    /** How many numbers were judged. */
    public int judged() {
        return numbers.size();
    }

    /** Gathers judged components. */
    static final class Builder {
        private static final int MOST = 200;

        private final Map<Judgement, Integer> counts = new EnumMap<>(Judgement.class);
        private final List<Component> kept = new java.util.ArrayList<>();
        private final Map<String, Double> numbers = new java.util.LinkedHashMap<>();
        private double worst;
        private long evaluations;
        private long sweeps;

        void add(Component component) {
            Judgement judgement = component.judgement();
            numbers.put(component.where(), component.got());
            int before = counts.merge(judgement, 1, Integer::sum) - 1;
            if (judgement == Judgement.CERTIFIED) {
                worst = component.got() == 0 ? worst : Math.max(worst, component.ulps());
            } else if (judgement != Judgement.EXCUSED && before < MOST) {
                kept.add(component);
            }
        }

        /** What was not judged, and why. */
        void unfinished(String why) {
            counts.merge(Judgement.UNRESOLVED, 1, Integer::sum);
            kept.add(new Component(numbers.isEmpty() ? "all of it" : "the rest", -1, -1, Double.NaN,
                    Double.NaN, 0, Judgement.UNRESOLVED, "", why));
        }

        int wrong() {
            return counts.getOrDefault(Judgement.WRONG, 0);
        }

        void evaluations(long more) {
            evaluations += more;
        }

        void sweeps(long more) {
            sweeps += more;
        }

        Finding build(String name, String engine, int order, int point, List<EdgeHit> edges,
                java.util.function.Function<List<Component>, List<Culprit>> blame) {
            kept.sort(java.util.Comparator.comparing(Component::judgement).reversed());
            Verdict verdict = Verdict.of(counts);
            return new Finding(name, engine, order, point, verdict, Map.copyOf(counts), List.copyOf(kept),
                    List.copyOf(edges),
                    verdict == Verdict.DISAGREE || counts.containsKey(Judgement.UNDEFINED) ? blame.apply(kept)
                            : List.of(),
                    java.util.Collections.unmodifiableMap(numbers), worst, evaluations, sweeps);
        }
    }
}
