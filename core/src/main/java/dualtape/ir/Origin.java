package dualtape.ir;

/**
 * Where an application was written.
 *
 * @param source the name of the program or file
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Origin(String source, int line, int column) {
    @Override
    public String toString() {
        return source + ":" + line + ":" + column;
    }
}
