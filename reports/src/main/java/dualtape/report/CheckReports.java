package dualtape.report;

import dualtape.check.Verdict;
import dualtape.ir.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings for continuous integration: JUnit's XML, and annotations of GitHub's workflow commands. */
public final class CheckReports {
    private static final int SHOWN = 10;

    private CheckReports() {}

    /** A test suite a function, a test case a derivative. Unresolved ones are skipped, or under {@code strict} failed. */
    public static String junit(List<CheckItem> items, boolean strict) {
        Map<String, List<CheckItem>> suites = new LinkedHashMap<>();
        items.forEach(item -> suites.computeIfAbsent(item.finding().name(), key -> new ArrayList<>()).add(item));
        StringBuilder xml = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dualtape check\">\n");
        suites.forEach((name, suite) -> {
            long failures = suite.stream().filter(item -> failed(item, strict)).count();
            long skipped = suite.stream().filter(item -> item.finding().verdict() == Verdict.UNRESOLVED && !strict)
                    .count();
            xml.append(String.format(Locale.ROOT,
                    "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n",
                    escaped(name), suite.size(), failures, skipped));
            suite.forEach(item -> testCase(xml, item, strict));
            xml.append("  </testsuite>\n");
        });
        return xml.append("</testsuites>\n").toString();
    }

    private static boolean failed(CheckItem item, boolean strict) {
        return item.finding().verdict() == Verdict.DISAGREE || strict && item.finding().verdict() == Verdict.UNRESOLVED;
    }

    private static void testCase(StringBuilder xml, CheckItem item, boolean strict) {
        List<String> lines = item.lines(SHOWN);
        xml.append(String.format(Locale.ROOT, "    <testcase classname=\"dualtape.%s\" name=\"order %d, %s, point %d\"",
                escaped(item.finding().name().replace('.', '_').replace('/', '.')), item.finding().order(),
                escaped(item.finding().engine()), item.finding().point()));
        if (lines.isEmpty() && item.finding().verdict() == Verdict.AGREE) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        String first = escaped(lines.isEmpty() ? "nothing is certified" : lines.get(0));
        String all = escaped(String.join("\n", lines) + "\nat " + item.point() + "\nagain: " + item.again());
        if (failed(item, strict)) {
            xml.append("      <failure type=\"").append(item.rule()).append("\" message=\"").append(first).append("\">")
                    .append(all).append("</failure>\n");
        } else if (item.finding().verdict() == Verdict.UNRESOLVED) {
            xml.append("      <skipped message=\"").append(first).append("\"/>\n");
        } else {
            xml.append("      <system-out>").append(all).append("</system-out>\n");
        }
        xml.append("    </testcase>\n");
    }

    /** Text in XML: markup escaped, characters that XML does not allow replaced. */
    static String escaped(String text) {
        StringBuilder xml = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\n' -> xml.append("&#10;");
                default -> xml.appendCodePoint(c >= 0x20 && c < 0xD800 || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF
                        || c == '\t' ? c : 0xFFFD);
            }
        });
        return xml.toString();
    }

    /** One line of a workflow command for each finding that is not plain agreement. */
    public static String annotations(List<CheckItem> items) {
        StringBuilder text = new StringBuilder();
        for (CheckItem item : items) {
            if (item.rule() == null) {
                continue;
            }
            Origin origin = item.origin();
            String level = CheckSarif.level(item).equals("note") ? "notice" : CheckSarif.level(item);
            text.append("::").append(level).append(' ');
            if (origin != null && CheckSarif.isFile(origin.source())) {
                text.append("file=").append(property(origin.source())).append(",line=").append(origin.line())
                        .append(",col=").append(origin.column()).append(',');
            }
            text.append("title=").append(property(item.rule() + " " + item.title())).append("::")
                    .append(data(String.join("\n", item.lines(SHOWN)))).append('\n');
        }
        return text.toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
