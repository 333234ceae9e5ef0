import { createHmac } from "node:crypto";

const stepSeconds = 30;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An authenticator app: RFC 6238 with HMAC-SHA-1, six digits and steps of thirty seconds. */
export class Authenticator {
  readonly #secret: Buffer;
  #last = 0;

  /** @param secret as the console shows it: base 32, in groups */
  constructor(secret: string) {
    const bits = [...secret.replaceAll(/[^A-Z2-7]/g, "")]
      .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
      .join("");
    this.#secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  }

  /**
   * A code that counts now and was not used before. Berth takes the steps beside the current one too, so that three codes in a row
   * need no waiting.
   */
  code(): string {
    const now = Math.floor(Date.now() / 1_000 / stepSeconds);
    this.#last = Math.max(this.#last + 1, now - 1);
    return this.#at(this.#last);
  }

  /** A code that never counts: of an hour ago. */
  oldCode(): string {
    return this.#at(Math.floor(Date.now() / 1_000 / stepSeconds) - 120);
  }

  #at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac("sha1", this.#secret).update(counter).digest();
    const offset = (hash.at(-1) ?? 0) & 0xf;
    return ((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).toString().padStart(6, "0");
  }
}
