package dualtape.cli;

import dualtape.kernel.Forms;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a result depends on besides the program: machine, JDK, flags, commit. */
final class Environment {
    private Environment() {}

    static Map<String, Object> describe(boolean quick, double tolerance) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("version", String.join(" ", new BuildInfo().getVersion()));
        environment.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        environment.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        environment.put("flags", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.contains("/")).toList());
        environment.put("kernels", Forms.describe());
        environment.put("quick", quick);
        environment.put("tolerance", tolerance);
        return environment;
    }
}
