// Each kind of desk opens where its work begins, and nobody opens before a room she may not enter.
import { readdirSync, readFileSync } from "node:fs";
import { agencyKinds } from "@simpul/model";
import type { Room, Session } from "@simpul/doors/web";
import { expect, test } from "vitest";
import { actsFor, firstRoom, workOf } from "./desks.ts";

const session = (kind: string): Session => ({ officer: { agency: { kind } } }) as Session;
const room = (id: string): Room => ({ id, path: `/${id}`, routes: [] });

test("every kind of desk has rooms that stand first, and acts that its rooms know", () => {
  const features = new URL("../../../features/", import.meta.url);
  const pages = readdirSync(features)
    .map((name) => {
      try {
        return readFileSync(new URL(`${name}/page.tsx`, features), "utf8");
      } catch {
        return "";
      }
    })
    .join("");
  expect(Object.keys(workOf).sort()).toEqual([...agencyKinds].sort());
  for (const { rooms, acts } of Object.values(workOf))
    for (const id of [...rooms, ...acts]) expect(pages).toContain(`id: "${id}"`);
  // No two kinds of desk begin alike.
  expect(new Set(Object.values(workOf).map((one) => JSON.stringify(one))).size).toBe(agencyKinds.length);
});

test("a prosecutor begins with the reviews, whoever may not enter begins with the next, then with the first room of all", () => {
  const all = ["inbox", "check", "assistance", "reviews"].map(room);
  expect(firstRoom(session("prosecutor"), all)?.id).toBe("reviews");
  expect(firstRoom(session("prosecutor"), all.slice(0, 3))?.id).toBe("assistance");
  expect(firstRoom(session("prosecutor"), all.slice(0, 2))?.id).toBe("inbox");
  expect(firstRoom(session("immigration"), [room("inbox"), room("border")])?.id).toBe("border");
  expect(firstRoom(session("police"), [])).toBeNull();
});

test("acts of a desk are those that she may do, and none leads where she is", () => {
  const may = { ...room("cases"), commands: [{ id: "cases.new", words: "", to: "/cases/new" }] };
  const not = {
    ...room("evidence"),
    commands: [{ id: "evidence.take-in", words: "", to: "/x", needs: () => false }],
  };
  const closed = {
    ...room("requests"),
    needs: () => false,
    commands: [{ id: "requests.new", words: "", to: "/y" }],
  };
  const ids = (path: string) => actsFor(session("police"), [may, not, closed], path).map(({ id }) => id);
  expect(ids("/inbox")).toEqual(["cases.new"]);
  expect(ids("/cases/new")).toEqual([]);
});
