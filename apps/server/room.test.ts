// Many rooms become one house: nothing of one may quietly take the place of another's.
import type { JobHandler } from "@simpul/store";
import { expect, test } from "vitest";
import { together } from "./room.ts";

const job: JobHandler = { run: () => Promise.resolve() };

test("two rooms that claim one kind of job, or answer one refusal differently, are a fault at the start", () => {
  expect(() => together([{ jobs: { pack: job } }, { jobs: { pack: { ...job } } }])).toThrow("pack");
  expect(() => together([{ refusals: { GONE: 404 } }, { refusals: { GONE: 410 } }])).toThrow("GONE");
});

test("rooms share a refusal that says the same, and keep the order of their doors", () => {
  const rooms = together([
    { jobs: { pack: job }, refusals: { NOT_FOUND: 404 } },
    { jobs: { read: job }, refusals: { NOT_FOUND: 404, FULL: 507 } },
  ]);
  expect(Object.keys(rooms.jobs)).toEqual(["pack", "read"]);
  expect(rooms.refusals).toEqual({ NOT_FOUND: 404, FULL: 507 });
  expect(rooms.chores).toEqual([]);
});
