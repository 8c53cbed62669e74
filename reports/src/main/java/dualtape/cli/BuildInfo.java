package dualtape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this copy was built from: version, commit and JVM, read from {@code dualtape/build.properties}. */
final class BuildInfo implements IVersionProvider {

    private final Properties build = new Properties();

    BuildInfo() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("/dualtape/build.properties")) {
            if (in == null) {
                throw new IllegalStateException(
                        "dualtape/build.properties is missing from the class path: rebuild with mvn package");
            }
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        String changed = Boolean.parseBoolean(build.getProperty("dirty")) ? ", with changes" : "";
        return new String[] {
            "dualtape " + build.getProperty("version") + " (" + build.getProperty("commit") + changed + ")",
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
