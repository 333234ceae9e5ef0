const shortest = 12;
const longest = 200;

/** What can be said of a new password before the API is asked. */
export const checkPassword = (value: string) =>
  value.length < shortest
    ? `At least ${shortest} characters`
    : value.length > longest
      ? `At most ${longest} characters`
      : null;
