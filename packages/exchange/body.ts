// Reading a letter's body: exactly what its kind says, or a refusal that names the place which is wrong.
import { EnvelopeRefused } from "./errors.ts";

/** What can read a value whole; a zod schema is one. */
interface Shape {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: unknown }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

/** The body as its shape gives it. Throws the refusal `BAD_BODY` for anything but exactly this. */
export function readBody<S extends Shape>(
  shape: S,
  body: unknown,
): Extract<ReturnType<S["safeParse"]>, { success: true }>["data"] {
  const found = shape.safeParse(body);
  if (found.success) return found.data;
  const issue = found.error.issues[0];
  throw new EnvelopeRefused(
    "BAD_BODY",
    `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.slice(0, 200),
  );
}
