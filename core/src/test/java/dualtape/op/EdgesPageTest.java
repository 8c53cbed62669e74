package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page docs/edges.md is the catalogue's own table. {@code -Ddualtape.update=true} writes it anew. */
class EdgesPageTest {
    @Test
    void thePageShowsEveryEdgeInEveryProfile() throws IOException {
        Path page = Path.of("..", "docs", "edges.md");
        String table = page();
        if (Boolean.getBoolean("dualtape.update")) {
            Files.writeString(page, table);
        }
        assertEquals(table, Files.exists(page) ? Files.readString(page) : "",
                "docs/edges.md is not what the catalogue says; write it anew with -Ddualtape.update=true");
    }

    private static String page() {
        StringBuilder text = new StringBuilder("# Edges\n\n"
                + "Where an operation has no derivative, or none that everybody agrees on, and what is used there. "
                + "`dualtape list operations --edges`\nprints the same; `grad` and the other operators report the edges "
                + "that a point hits, and `--edges PROFILE` chooses\nanother profile. A blank cell is as in "
                + "`minnorm`.\n\n");
        for (Conventions conventions : Conventions.values()) {
            text.append("- `").append(conventions.label()).append("`: ").append(conventions.summary()).append(".\n");
        }
        text.append("\n| operation | edge | where |");
        for (Conventions conventions : Conventions.values()) {
            text.append(' ').append(conventions.label()).append(" |");
        }
        text.append("\n|").append("---|".repeat(3 + Conventions.values().length)).append('\n');
        for (Operation operation : Operations.all()) {
            for (Edge edge : operation.edges()) {
                text.append("| ").append(cell(operation.name())).append(" | ")
                        .append(edge.kind().name().toLowerCase(Locale.ROOT)).append(" | ").append(cell(edge.where()))
                        .append(" |");
                for (Conventions conventions : Conventions.values()) {
                    boolean same = conventions != Conventions.MINNORM
                            && edge.used(conventions).equals(edge.used(Conventions.MINNORM));
                    text.append(same ? " |" : " " + cell(edge.used(conventions)) + " |");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
