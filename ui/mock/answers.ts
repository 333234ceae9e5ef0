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
