package dualtape.report;

import dualtape.engine.InputException;
import dualtape.lang.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of lessons and explanations in one language, by keys; each language is one file,
 * {@code messages_en.properties} and so on. Numbers are written before they come here, so they are the same in every language.
 */
public final class Messages {
    /** The languages there are. */
    public static final List<String> LANGUAGES = List.of("en", "zh");
    /** English. */
    public static final Messages ENGLISH = of("en");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final Properties texts = new Properties();

    private Messages(String language) {
        String file = "messages_" + language + ".properties";
        try (InputStream in = Messages.class.getResourceAsStream(file);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /**
     * Those of a language.
     *
     * @throws InputException if it is none of {@link #LANGUAGES}
     */
    public static Messages of(String language) {
        if (!LANGUAGES.contains(language)) {
            throw new InputException("unknown language " + Visible.name(language) + "; the languages are "
                    + String.join(", ", LANGUAGES));
        }
        return new Messages(language);
    }

    /** The keys. */
    public Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /**
     * The text of a key.
     *
     * @param arguments what stands for {@code {0}}, {@code {1}}, …
     * @throws IllegalArgumentException if there is no such key
     */
    public String text(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text has the key \"" + key + "\"");
        }
        return PLACE.matcher(text).replaceAll(
                place -> Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(place.group(1))])));
    }

    /** The text of a number of things: the key with {@code .one} behind it for 1, else with {@code .many}. */
    public String count(String key, long number) {
        return text(key + (number == 1 ? ".one" : ".many"), String.format(Locale.ROOT, "%,d", number));
    }
}
