/** The newest version of what was read at an address, by its path: what `If-Match` sends back. */
const versions = new Map<string, string>();

export function rememberVersion(request: Request, response: Response) {
  const version = response.headers.get("ETag");
  if (version) {
    versions.set(new URL(request.url).pathname, version);
  }
}

export const versionOf = (path: string) => versions.get(path);

/** Makes a change only count for the version that somebody looked at. */
export const onlyFor = (version: string | undefined): Record<string, string> =>
  version ? { "If-Match": version } : {};
