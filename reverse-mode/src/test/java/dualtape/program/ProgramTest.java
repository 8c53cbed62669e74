package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.lang.Language;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a program says of itself, and to whom its workspaces belong. */
class ProgramTest {
    private static Graph graph(String text, double... x) {
        return Language.parse(text).trace(Point.of("x", x)).graph();
    }

    @Test
    void aListingShowsPlacesLifetimesAndBytes() {
        Program program = Program
                .packed(graph("y = reshape(x, shape=[2, 2]) @ [3, 4]; sum(y * 1 + (1 - 1))", 1, 2, 3, 4), 1);
        String listing = program.listing(10);
        assertTrue(listing.contains(program.workspaceBytes() + " bytes of workspace"), listing);
        assertTrue(listing.contains("point[0]     view"), listing);
        assertTrue(listing.contains("16 B"), listing);
        assertTrue(listing.contains("to the end"), listing);
        assertTrue(program.listing(1).contains("more"), program.listing(1));
    }

    @Test
    void aSecondThreadIsRefusedUntilTheWorkspaceIsTransferred() throws InterruptedException {
        Workspace workspace = Program.packed(graph("sum(x * x)", 1, 2), 1).workspace();
        workspace.bindPacked(new double[] {1, 2}, 0);
        workspace.run();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> thrown.set(assertThrows(IllegalStateException.class, workspace::run)), "other");
        other.start();
        other.join();
        assertTrue(thrown.get().getMessage().contains("the thread \"other\" runs it now"), thrown.get().getMessage());
        workspace.transfer();
        Thread next = new Thread(workspace::run);
        next.start();
        next.join();
        assertEquals(5, workspace.scalar(0));
    }
}
