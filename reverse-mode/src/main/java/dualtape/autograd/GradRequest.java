package dualtape.autograd;

/** What a backward pass does with the gradient that it finds for a variable. */
public enum GradRequest {
    /** It is added to what is there, until that is zeroed. */
    ADD,
    /** It replaces what is there. */
    WRITE,
    /** It is dropped. */
    NONE
}
