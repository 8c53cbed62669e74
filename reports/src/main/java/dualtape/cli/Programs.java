package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.lang.Language;
import dualtape.lang.PointText;
import dualtape.lang.TextSource;
import dualtape.lang.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The argument PROGRAM: a text, {@code @file}, or {@code -} for standard input. */
final class Programs {
    private Programs() {}

    /**
     * The text of a program.
     *
     * @param text the program
     * @param name what it is called in places of origin
     */
    record Text(String text, String name) {
        /** The program, read. */
        TextSource parse(Limits limits) {
            return Language.parse(text, limits, name);
        }
    }

    static TextSource read(String argument, Limits limits, InputStream in) {
        return text(argument, in).parse(limits);
    }

    /** The text that an argument names or is. */
    static Text text(String argument, InputStream in) {
        if (argument.equals("-")) {
            return new Text(text(() -> in.readAllBytes(), "standard input"), "standard input");
        } else if (argument.startsWith("@")) {
            String file = argument.substring(1);
            return new Text(text(() -> Files.readAllBytes(Path.of(file)), "the file " + Visible.file(file)), file);
        } else if (argument.matches("--[a-z][a-z-]*(=.*)?")) {
            throw new InputException(
                    "unknown option " + Visible.name(argument) + "; see --help. (A program that begins so is written "
                            + "in parentheses.)");
        } else if (argument.isBlank()) {
            throw new InputException(
                    "the program is empty; write an expression, as in x^2, or @file, or - for standard input");
        }
        return new Text(argument, "program");
    }

    /** The point of an option --at: its text, or that of a file where it begins with {@code @}. */
    static Point point(String at, Limits limits) {
        String file = at.startsWith("@") ? at.substring(1) : null;
        return PointText.parse(
                file == null ? at : text(() -> Files.readAllBytes(Path.of(file)), "the file " + Visible.file(file)),
                limits);
    }

    private interface Reading {
        byte[] bytes() throws IOException;
    }

    private static String text(Reading reading, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reading.bytes())).toString();
        } catch (NoSuchFileException e) {
            throw new InputException(what + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new InputException(what + " is not UTF-8 text", e);
        } catch (IOException | InvalidPathException e) {
            throw new InputException("cannot read " + what + ": " + Visible.text(String.valueOf(e.getMessage())), e);
        }
    }
}
