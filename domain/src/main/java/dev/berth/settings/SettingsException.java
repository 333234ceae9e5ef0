package dev.berth.settings;

import java.util.List;

/** Variables that are missing or wrong; the message names each, never its value. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(List<String> complaints) {
        super("Berth cannot start with these settings:\n  " + String.join("\n  ", complaints)
                + "\nEach is described in .env.example.");
    }
}
