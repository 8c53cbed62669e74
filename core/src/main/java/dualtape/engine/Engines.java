package dualtape.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The engines there are, found with {@link ServiceLoader}. */
public final class Engines {
    private static final List<Engine> ALL = ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(Engine::rank))
            .toList();

    private static final Engine AUTO = new AutoEngine();

    private Engines() {}

    /** All engines, by rank. */
    public static List<Engine> all() {
        return ALL;
    }

    /** The names that {@link #named} knows: those of all engines, and {@code auto}. */
    public static List<String> names() {
        return Stream.concat(ALL.stream(), Stream.of(AUTO)).map(Engine::name).toList();
    }

    /**
     * The engine of this name; {@code auto} too.
     *
     * @throws InputException if there is none, naming those there are
     */
    public static Engine named(String name) {
        for (Engine engine : ALL) {
            if (engine.name().equals(name)) {
                return engine;
            }
        }
        if (AUTO.name().equals(name)) {
            return AUTO;
        }
        throw new InputException("unknown engine \"" + name + "\"; the engines are "
                + String.join(", ", names()));
    }

    /** Forward accumulation, by dual numbers. */
    public static DerivingEngine forward() {
        return (DerivingEngine) named("forward");
    }

    /** Reverse accumulation, by a tape. */
    public static DerivingEngine reverse() {
        return (DerivingEngine) named("reverse");
    }

    /** Formulas, simplified. */
    public static DerivingEngine symbolic() {
        return (DerivingEngine) named("symbolic");
    }

    /** Forward or reverse accumulation, whichever needs less for the request: see {@link Advice}. Not among {@link #all}. */
    public static DerivingEngine auto() {
        return (DerivingEngine) AUTO;
    }

    /** Central differences. */
    public static Engine numeric() {
        return named("numeric");
    }
}
