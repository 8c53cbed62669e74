package dualtape.cli;

import dualtape.report.Messages;
import picocli.CommandLine.Option;

/** The option that says in which language sentences are. */
final class LanguageOption {
    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "en",
            description = "language of the sentences: en or zh (default ${DEFAULT-VALUE})")
    private String language;

    Messages messages() {
        return Messages.of(language);
    }
}
