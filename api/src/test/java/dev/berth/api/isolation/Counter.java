package dev.berth.api.isolation;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Exchange;
import java.util.ArrayList;
import java.util.List;

/** Sends and counts, and keeps what was wrong. */
final class Counter {
    private int requests;
    private final List<String> mistakes = new ArrayList<>();

    Answer sent(Exchange exchange) {
        requests++;
        return exchange.send();
    }

    Answer sent(Exchange exchange, String method) {
        requests++;
        return exchange.send(method);
    }

    void mistake(String what) {
        mistakes.add(what);
    }

    int requests() {
        return requests;
    }

    List<String> mistakes() {
        return mistakes;
    }

    void add(Counter other) {
        requests += other.requests;
        mistakes.addAll(other.mistakes);
    }
}
