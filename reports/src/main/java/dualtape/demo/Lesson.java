package dualtape.demo;

/** One lesson. */
interface Lesson {
    /** The key of the title, as it is listed. */
    String title();

    /** Writes the lesson on a board. */
    void teach(Board board);
}
