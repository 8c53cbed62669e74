package dualtape.op;

import java.util.List;

/** An entry of the catalogue that chooses or composes operations when it is called. */
public abstract class Entry implements Operation {
    private final String name;
    private final String summary;
    private final Signature signature;
    private final List<Sample> samples;

    /** With this name, this line for the catalogue, and samples at which it is smooth. */
    protected Entry(String name, String summary, Signature signature, Sample... samples) {
        this.name = name;
        this.summary = summary;
        this.signature = signature;
        this.samples = List.of(samples);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public String toString() {
        return name;
    }
}
