package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.lang.Language;
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

    static TextSource read(String argument, Limits limits, InputStream in) {
        if (argument.equals("-")) {
            return Language.parse(text(() -> in.readAllBytes(), "standard input"), limits, "standard input");
        } else if (argument.startsWith("@")) {
            String file = argument.substring(1);
            return Language.parse(text(() -> Files.readAllBytes(Path.of(file)), "the file " + Visible.name(file)),
                    limits, file);
        } else if (argument.matches("--[a-z][a-z-]*(=.*)?")) {
            throw new InputException(
                    "unknown option " + Visible.name(argument) + "; see --help. (A program that begins so is written "
                            + "in parentheses.)");
        } else if (argument.isBlank()) {
            throw new InputException(
                    "the program is empty; write an expression, as in 'x^2', or @file, or - for standard input");
        }
        return Language.parse(argument, limits, "program");
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
