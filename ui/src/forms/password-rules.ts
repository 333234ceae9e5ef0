const shortest = 12;

/** What can be said of a new password before the API is asked. */
export const checkPassword = (value: string) =>
  value.length >= shortest ? null : `At least ${shortest} characters`;
