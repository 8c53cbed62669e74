package dualtape.lang;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program, a point, and what is said to them. In the file a case is its program after {@code >}, lines of it after
 * {@code |}, its point after {@code @}, and the message in the lines below; {@code {1000*x}} stands for a thousand x.
 */
record Case(String program, String at, String message) {
    /** The cases of a resource. */
    static List<Case> read(String resource) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Case.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("> ") && !lines.isEmpty()) {
                    cases.add(of(lines));
                    lines.clear();
                }
                if (!line.startsWith("//") && !(line.isBlank() && !line.startsWith("  "))) {
                    lines.add(line);
                }
            }
            cases.add(of(lines));
        }
        return cases;
    }

    private static Case of(List<String> lines) {
        StringBuilder program = new StringBuilder(lines.get(0).substring(2));
        StringBuilder at = new StringBuilder();
        List<String> message = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("| ")) {
                program.append('\n').append(line.substring(2));
            } else if (line.startsWith("@ ")) {
                at.append(at.length() == 0 ? "" : "\n").append(line.substring(2));
            } else {
                message.add(line);
            }
        }
        return new Case(repeated(program.toString()), repeated(at.toString()), String.join("\n", message));
    }

    private static String repeated(String text) {
        StringBuilder all = new StringBuilder();
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("\\{(\\d+)\\*(\\}|[^}]*)\\}").matcher(text);
        int from = 0;
        while (matcher.find()) {
            all.append(text, from, matcher.start()).append(matcher.group(2).repeat(Integer.parseInt(matcher.group(1))));
            from = matcher.end();
        }
        return all.append(text.substring(from)).toString();
    }

    @Override
    public String toString() {
        String text = program + (at.isEmpty() ? "" : " at " + at);
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
