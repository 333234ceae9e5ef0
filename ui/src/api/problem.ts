/** One field of a request that was refused. `pointer` is a JSON pointer into the body, such as `/gitUrl`. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** What the API says went wrong (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
  /** In seconds, where the answer says when to come again. */
  retryAfter?: number;
}

/** An answer other than 2xx. Everything else that a request throws means that the API was not reached. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }

  get status() {
    return this.problem.status;
  }
}

const titles: Record<number, string> = {
  401: "You are signed out",
  403: "You may not do this",
  404: "There is nothing here",
  409: "This conflicts with what is there",
  412: "It was changed meanwhile",
  429: "Too many requests",
  507: "No capacity is left",
};

/** Reads a problem out of any answer; a proxy's HTML page becomes one too. */
export async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "about:blank",
    title:
      titles[response.status] ?? (response.status >= 500 ? "Berth had trouble" : "The request was refused"),
    status: response.status,
    ...retryAfterOf(response),
  };
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (body === null || typeof body !== "object") {
    return fallback;
  }
  return { ...fallback, ...(body as Partial<Problem>), status: response.status };
}

function retryAfterOf({ headers }: Response): Pick<Problem, "retryAfter"> {
  const text = headers.get("Retry-After") ?? "";
  return /^\d+$/.test(text) ? { retryAfter: Number(text) } : {};
}

/** The field that a pointer names: `/gitUrl` → `gitUrl`, `/env/PORT` → `env.PORT`. */
export function fieldOf(pointer: string): string {
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/** What to say where there is no room for more than a sentence. */
export function sentenceOf(error: unknown): string {
  if (isSecondFactorRequired(error)) {
    // The API's own sentence names the address to send to; people go to a page.
    return "Everybody here needs two-step sign-in. Set yours up first, in your account.";
  }
  return error instanceof ApiError
    ? error.message
    : "Berth does not answer. Check the connection and try again.";
}

const isOfType = (error: unknown, slug: string) =>
  error instanceof ApiError && error.problem.type === `/problems/${slug}`;

/** Whether a sign-in needs the one-time code beside the password. */
export const needsCode = (error: unknown) => isOfType(error, "code-required");

/** Whether this is refused until somebody has proven anew who they are. */
export const isSignInAgain = (error: unknown) => isOfType(error, "sign-in-again");

/** Whether everything is refused until two-step sign-in is on: the platform demands it of everybody. */
export const isSecondFactorRequired = (error: unknown) => isOfType(error, "second-factor-required");

/** Whether the API answered that there is nothing at the address. */
export const isMissing = (error: unknown) => error instanceof ApiError && error.status === 404;

/** Whether nobody is signed in. */
export const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** Whether the API asks for fewer requests. */
export const isTooMany = (error: unknown) => error instanceof ApiError && error.status === 429;

/** Whether the API gave no answer to what was asked, so that what was read before is old and not wrong. */
export const isUnanswered = (error: unknown) =>
  isTooMany(error) || !(error instanceof ApiError && error.status < 500);

/** Whether what was read may be shown: a refusal takes its place. */
export const isShown = ({ data, error }: { data: unknown; error: unknown }) =>
  data !== undefined && (error === null || isUnanswered(error));

/** Whether a change was meant for a version that is no longer the newest. */
export const isStale = (error: unknown) => error instanceof ApiError && error.status === 412;
