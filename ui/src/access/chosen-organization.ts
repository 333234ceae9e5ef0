const key = "berth-organization";

/** Kept beside the storage, which may be forbidden. */
let chosen: string | null | undefined;

/** The organisation that this browser works in, by id; undefined where nobody chose one. */
export function chosenOrganization(): string | undefined {
  if (chosen === undefined) {
    try {
      chosen = window.localStorage.getItem(key);
    } catch {
      chosen = null;
    }
  }
  return chosen ?? undefined;
}

/** Without an id, the choice is forgotten. */
export function chooseOrganization(id?: string) {
  chosen = id ?? null;
  try {
    if (id) {
      window.localStorage.setItem(key, id);
    } else {
      window.localStorage.removeItem(key);
    }
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** What goes with every request to the API, so that the API knows which organisation is meant. */
export function organizationHeaders(id = chosenOrganization()): Record<string, string> {
  return id ? { "X-Berth-Org": id } : {};
}
