package dev.berth.domain.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads an app's own JSON files. */
final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    static JsonNode object(String file, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
            throw new InvalidAppException(file + " is not a JSON object.", "It starts with { and ends with }.");
        } catch (JsonProcessingException broken) {
            throw new InvalidAppException(
                    file + " is not JSON: line " + broken.getLocation().getLineNr() + ", "
                            + broken.getOriginalMessage(),
                    "Check that line; JSON has no comments and no comma after the last entry.");
        }
    }
}
