import { HttpResponse } from "msw";
import type { FieldError } from "../src/api/problem";

export function problem(status: number, slug: string, title: string, detail?: string, errors?: FieldError[]) {
  return HttpResponse.json(
    {
      type: `/problems/${slug}`,
      title,
      status,
      ...(detail ? { detail } : {}),
      ...(errors ? { errors } : {}),
    },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}

export const notFound = () =>
  problem(404, "not-found", "There is nothing here", "Nothing with this id exists.");

export const invalid = (...errors: FieldError[]) =>
  problem(400, "invalid-input", "The request was refused", "Some fields are not valid.", errors);

/** Why a new password is refused, at its field; empty where it is taken. A few of the API's rules, in its words. */
export function passwordErrors(pointer: string, password: string): FieldError[] {
  if (password.length < 12 || password.length > 200) {
    return [{ pointer, detail: "must have 12 to 200 characters" }];
  }
  return /password|berth/i.test(password)
    ? [
        {
          pointer,
          detail:
            "is one of the passwords that are tried first, because many people have it;" +
            " take several words that do not belong together",
        },
      ]
    : [];
}

export const done = () => new HttpResponse(null, { status: 204 });

/** A part of a list, from behind the cursor. */
export function page<T extends { id: string }>(request: Request, items: T[]) {
  const url = new URL(request.url);
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const cursor = url.searchParams.get("cursor");
  const start = cursor ? items.findIndex((item) => item.id === cursor) + 1 : 0;
  const slice = items.slice(start, start + limit);
  const more = start + limit < items.length;
  return HttpResponse.json({ items: slice, nextCursor: more ? (slice.at(-1)?.id ?? null) : null });
}

/** A list that comes whole. */
export const whole = (items: object[]) => HttpResponse.json({ items, nextCursor: null });
