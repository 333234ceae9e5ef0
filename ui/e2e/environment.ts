/** What the end-to-end tests are told about the stack that they run against. */
const mock = process.env.BERTH_TEST_MOCK === "1";

function required(name: string, ofMock: string): string {
  const value = process.env[name] ?? (mock ? ofMock : undefined);
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** A token that may create services. */
export const token = required("BERTH_TEST_TOKEN", "berth_mock");

/** A repository whose branch main is an app that works. */
export const gitUrl = required("BERTH_TEST_GIT", "https://git.example/hello-node");

/** A first build on a fresh machine fetches its tools. In milliseconds. */
export const deployDeadline = 10 * 60_000;
