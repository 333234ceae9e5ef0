const key = "berth-next";

/** As long as the API waits for somebody to come back from the outside issuer. */
const lifetime = 10 * 60_000;

/** Only an address of the console itself: a link may not send a person elsewhere after sign-in. */
export const ownAddress = (value: unknown): string | undefined =>
  typeof value === "string" && value.startsWith("/") && !value.startsWith("//") && !value.includes("\\")
    ? value
    : undefined;

/**
 * Where somebody wants to go who leaves for the outside issuer, which leads back to the console's first page. It is kept in the tab
 * alone, until a page is shown; without an address, an older one is forgotten.
 */
export function keepNext(address: string | undefined) {
  try {
    if (address) {
      window.sessionStorage.setItem(key, JSON.stringify([address, Date.now() + lifetime]));
    } else {
      window.sessionStorage.removeItem(key);
    }
  } catch {
    // Without a storage, everybody begins at the list of services.
  }
}

/** Where whoever comes back wanted to go. */
export function keptNext(): string | undefined {
  try {
    const [address, until]: unknown[] = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
    const own = Number(until) > Date.now() ? ownAddress(address) : undefined;
    // The first page leads on to what is kept, and must not lead to itself.
    return own && !/^\/(?:[?#]|$)/.test(own) ? own : undefined;
  } catch {
    return undefined;
  }
}
