// A letter's body is read whole or refused with the place that is wrong.
import { expect, test } from "vitest";
import { z } from "zod";
import { readBody } from "./body.ts";

const shape = z.strictObject({ subject: z.strictObject({ age: z.number().int() }) });

test("what fits comes back as its shape gives it", () => {
  expect(readBody(shape, { subject: { age: 17 } }).subject.age).toBe(17);
});

test("what does not fit is refused, and the sender learns which member", () => {
  const refused = () => readBody(shape, { subject: { age: "seventeen" } });
  expect(refused).toThrow(/subject\.age/);
  expect(refused).toThrow(expect.objectContaining({ code: "BAD_BODY" }) as Error);
  const more = { subject: { age: 17 }, [`x${"y".repeat(400)}`]: 1 };
  expect(() => readBody(shape, more)).toThrow(expect.objectContaining({ code: "BAD_BODY" }) as Error);
  expect(() => readBody(shape, more)).toThrow(/^.{1,230}$/);
});
