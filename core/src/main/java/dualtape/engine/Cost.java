package dualtape.engine;

/**
 * What one evaluation of a prepared derivative costs, known before it runs.
 *
 * @param primalOperations elementary operations of one evaluation of the function
 * @param operations elementary operations of the whole derivative, all sweeps together
 * @param sweeps how often the derivative program runs
 * @param workspaceBytes memory at the peak: values held at once, inputs and constants apart
 * @param storedBytes of these, values of the forward run that are kept for the backward run (the tape); 0 in forward accumulation
 * @param graphBytes the derivative graph and its program themselves, by an estimate
 */
public record Cost(
        long primalOperations, long operations, long sweeps, long workspaceBytes, long storedBytes, long graphBytes) {}
