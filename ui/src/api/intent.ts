import { useRef } from "react";

/** Goes with a POST as a header, so that it counts once however often it arrives. */
export interface Intent {
  "Idempotency-Key": string;
}

// Browsers have randomUUID on https and on localhost only, and this is no secret.
export const newIntent = (): Intent => ({
  "Idempotency-Key": Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join(""),
});

/** The intents of one form or dialog, one after another. */
export class Intents {
  #current: { wish: string; intent: Intent } | undefined;

  /** The same for the same wish until it ended: somebody who presses again after a failure wants it once. */
  of(wish: unknown): Intent {
    const text = JSON.stringify(wish) ?? "";
    if (this.#current?.wish !== text) {
      this.#current = { wish: text, intent: newIntent() };
    }
    return this.#current.intent;
  }

  /** Whoever asks for the same again from now on wants it twice. */
  end() {
    this.#current = undefined;
  }
}

export function useIntents(): Intents {
  const kept = useRef<Intents>(undefined);
  kept.current ??= new Intents();
  return kept.current;
}
