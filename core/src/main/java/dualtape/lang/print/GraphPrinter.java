package dualtape.lang.print;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** Graphs as drawings for other tools: DOT (Graphviz) and Mermaid. A box for each value, arrows to what reads it. */
public final class GraphPrinter {
    private static final String GAP = "gap";

    private final Graph graph;
    private final Captions captions;
    private final Pen pen;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> gapArrows = new HashSet<>();
    private boolean gap;

    private GraphPrinter(Graph graph, Captions captions, Pen pen) {
        this.graph = graph;
        this.captions = captions;
        this.pen = pen;
    }

    /** What boxes are. */
    enum Kind {
        INPUT, CONSTANT, OPERATION, OUTPUT, GAP
    }

    /** The syntax of one tool. */
    interface Pen {
        String begin();

        String box(String id, Kind kind, boolean pale, String title, List<String> lines);

        String arrow(String from, String to);

        String end();
    }

    /** DOT, of the graph alone. */
    public static String dot(Graph graph) {
        return dot(graph, Captions.of(graph));
    }

    /** DOT. */
    public static String dot(Graph graph, Captions captions) {
        return new GraphPrinter(graph, captions, new Dot()).print();
    }

    /** Mermaid, of the graph alone. */
    public static String mermaid(Graph graph) {
        return mermaid(graph, Captions.of(graph));
    }

    /** Mermaid. */
    public static String mermaid(Graph graph, Captions captions) {
        return new GraphPrinter(graph, captions, new Mermaid()).print();
    }

    private String print() {
        text.append(pen.begin());
        long elided = 0;
        for (Node node : graph.nodes()) {
            switch (captions.place(node)) {
                case DRAWN -> text.append(pen.box(id(node), kind(node), captions.pale(node), captions.title(node),
                        captions.lines(node)));
                case ELIDED -> elided += node instanceof Node.Result result && result.index() == 0 ? 1 : 0;
                default -> {}
            }
        }
        if (elided > 0) {
            gap = true;
            text.append(pen.box(GAP, Kind.GAP, false, String.format(Locale.ROOT, "... %,d operations ...", elided),
                    List.of()));
        }
        for (Application application : graph.applications()) {
            for (Node result : application.results()) {
                application.operands().forEach(operand -> arrow(operand, result));
            }
        }
        return text.append(pen.end()).toString();
    }

    private void arrow(Node from, Node to) {
        String tail = end(from);
        String head = end(to);
        if (tail == null || head == null || tail.equals(head)) {
            return;
        }
        String arrow = pen.arrow(tail, head);
        if (!tail.equals(GAP) && !head.equals(GAP) || gapArrows.add(arrow)) {
            text.append(arrow);
        }
    }

    private String end(Node node) {
        return switch (captions.place(node)) {
            case DRAWN -> id(node);
            case ELIDED -> gap ? GAP : null;
            case HIDDEN -> null;
        };
    }

    private String id(Node node) {
        return "n" + graph.position(node);
    }

    private Kind kind(Node node) {
        return graph.outputs().contains(node) ? Kind.OUTPUT
                : node instanceof Node.Input ? Kind.INPUT
                : node instanceof Node.Constant ? Kind.CONSTANT : Kind.OPERATION;
    }

    private static final class Dot implements Pen {
        @Override
        public String begin() {
            return "digraph program {\n  rankdir=LR;\n  node [shape=record, fontname=\"sans-serif\", fontsize=12];\n";
        }

        @Override
        public String box(String id, Kind kind, boolean pale, String title, List<String> lines) {
            StringJoiner label = new StringJoiner(" | "); // without braces: above each other
            label.add(escape(title));
            lines.forEach(line -> label.add(escape(line)));
            String style = switch (kind) {
                case INPUT -> ", style=filled, fillcolor=\"#e3eefa\"";
                case OUTPUT -> ", style=filled, fillcolor=\"#fbe6d8\"";
                case CONSTANT -> lines.isEmpty() ? ", shape=plaintext" : "";
                case GAP -> ", style=dashed";
                case OPERATION -> "";
            };
            String ink = pale ? ", color=\"#aaaaaa\", fontcolor=\"#888888\"" : "";
            return "  " + id + " [label=\"" + label + "\"" + style + ink + "];\n";
        }

        @Override
        public String arrow(String from, String to) {
            return "  " + from + " -> " + to + ";\n";
        }

        @Override
        public String end() {
            return "}\n";
        }

        /** Within a quoted label of a record. */
        private static String escape(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("([{}|<>])", "\\\\$1");
        }
    }

    private static final class Mermaid implements Pen {
        @Override
        public String begin() {
            return "flowchart LR\n  classDef input fill:#e3eefa,stroke:#0b62a4\n  classDef output fill:#fbe6d8,"
                    + "stroke:#c4500b\n  classDef pale color:#888888,stroke:#aaaaaa\n  classDef gap stroke-dasharray:4 4\n";
        }

        @Override
        public String box(String id, Kind kind, boolean pale, String title, List<String> lines) {
            StringBuilder label = new StringBuilder(entity(title));
            lines.forEach(line -> label.append("<br/>").append(entity(line)));
            String style = pale ? ":::pale" : switch (kind) {
                case INPUT -> ":::input";
                case OUTPUT -> ":::output";
                case GAP -> ":::gap";
                default -> "";
            };
            return "  " + id + "[\"" + label + "\"]" + style + "\n";
        }

        @Override
        public String arrow(String from, String to) {
            return "  " + from + " --> " + to + "\n";
        }

        @Override
        public String end() {
            return "";
        }

        /** What could mean something to Mermaid or to HTML, by its number. */
        private static String entity(String text) {
            StringBuilder safe = new StringBuilder();
            text.codePoints().forEach(c -> {
                if (Character.isLetterOrDigit(c) || " =,.-_".indexOf(c) >= 0) {
                    safe.appendCodePoint(c);
                } else {
                    safe.append("#").append(c).append(';');
                }
            });
            return safe.toString();
        }
    }
}
