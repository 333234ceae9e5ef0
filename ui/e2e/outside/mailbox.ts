import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { SMTPServer } from "smtp-server";
import { listening } from "./listening";

interface Letter {
  to: string[];
  text: string;
}

/** A mail server that keeps what it gets. Berth hands its letters in here, as it would anywhere. */
export class Mailbox {
  readonly #letters: Letter[] = [];
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      // Nobody checks a certificate that a test made a moment ago.
      disabledCommands: ["AUTH", "STARTTLS"],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          this.#letters.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            text: Buffer.concat(chunks).toString("utf8"),
          });
          done();
        });
      },
    });
  }

  /** @param url as Berth's SMTP_URL */
  static async at(url: string): Promise<Mailbox> {
    const { hostname, port } = new URL(url);
    const mailbox = new Mailbox();
    await listening(mailbox.#server.server, Number(port), hostname);
    return mailbox;
  }

  get port() {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** The link in the newest letter to an address, once there are `count` letters. */
  async link(email: string, count = 1): Promise<string> {
    await expect
      .poll(() => this.#to(email).length, { message: `letters to ${email}` })
      .toBeGreaterThanOrEqual(count);
    const text = this.#to(email).at(-1)?.text ?? "";
    const [link] = /http\S+\?link=\S+/.exec(text) ?? [];
    if (!link) {
      throw new Error(`No link in the letter to ${email}`);
    }
    return link;
  }

  #to = (email: string) => this.#letters.filter(({ to }) => to.includes(email));

  close = () => new Promise<void>((done) => this.#server.close(() => done()));
}
