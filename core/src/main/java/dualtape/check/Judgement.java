package dualtape.check;

/** What a check says of one number of a derivative. */
public enum Judgement {
    /** Within its rounding error of the witness, and right to a relative 10⁻⁸ at least. */
    CERTIFIED("right"),
    /** Within its rounding error, which is small beside the largest numbers of the derivative, but not beside this one. */
    EXCUSED("noise beside much larger ones"),
    /** At an edge: a kink, a tie, a jump, a pole, where a derivative is a convention. */
    EDGE("at an edge"),
    /** Neither the function nor the derivative is finite. */
    UNDEFINED("undefined on both sides"),
    /** The witness cannot tell, or rounding may be larger than the number. */
    UNRESOLVED("unresolved"),
    /** Further from the witness than rounding explains. */
    WRONG("wrong");

    private final String label;

    Judgement(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
