package dev.berth.store;

/**
 * Who presented a token or a session.
 *
 * @param usedLately whether its use was noted within the last minute, which is often enough
 */
public record Recognized(Caller caller, boolean usedLately) {}
