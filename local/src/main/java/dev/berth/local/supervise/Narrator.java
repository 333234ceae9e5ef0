package dev.berth.local.supervise;

/** Where the supervisor says what happens, one sentence at a time. */
@FunctionalInterface
public interface Narrator {
    void say(String part, String sentence);
}
