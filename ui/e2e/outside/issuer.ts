import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { Page } from "@playwright/test";
import Provider from "oidc-provider";
import { listening } from "./listening";

interface Registered {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where browsers are sent back to. */
  callback: string;
}

/** An OpenID provider as organisations run one. Whoever names an e-mail address there is its holder. */
export class Issuer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async with({ issuer, clientId, clientSecret, callback }: Registered): Promise<Issuer> {
    // Known by a new name each time: who has the old key knows that it has to ask.
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [callback],
          response_types: ["code"],
          grant_types: ["authorization_code"],
          token_endpoint_auth_method: "client_secret_basic",
        },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      // As most issuers do, it puts what the scopes ask for into the ID token.
      conformIdTokenClaims: false,
      cookies: { keys: [randomUUID()] },
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", kid: randomUUID() }] },
      pkce: { required: () => true },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: id, email_verified: true, name: "Ola Nordmann" }),
      }),
    });
    const server = createServer(provider.callback());
    const { hostname, port } = new URL(issuer);
    await listening(server, Number(port), hostname);
    return new Issuer(server);
  }

  /** What a person does on the issuer's own pages, which ask for this once for each browser. */
  async letIn(page: Page, email: string) {
    await page.getByPlaceholder("Enter any login").fill(email);
    await page.getByPlaceholder("and password").fill("whatever");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise<void>((done) => this.#server.close(() => done()));
  }
}
