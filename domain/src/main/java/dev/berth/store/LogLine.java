package dev.berth.store;

import java.time.Instant;

/** @param number from 1 on, without gaps within one build; {@code text} is one line without its end */
public record LogLine(int number, Instant at, String text) {}
