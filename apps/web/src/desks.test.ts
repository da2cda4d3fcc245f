// Each kind of desk opens where its work begins, and nobody opens before a room she may not enter.
import { readdirSync, readFileSync } from "node:fs";
import { agencyKinds } from "@simpul/model";
import type { Room, Session } from "@simpul/doors/web";
import { expect, test } from "vitest";
import { firstRoom, firstRooms } from "./desks.ts";

const session = (kind: string): Session => ({ officer: { agency: { kind } } }) as Session;
const room = (id: string): Room => ({ id, path: `/${id}`, routes: [] });

test("every kind of desk begins in rooms that stand", () => {
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
  expect(Object.keys(firstRooms).sort()).toEqual([...agencyKinds].sort());
  for (const id of Object.values(firstRooms).flat()) expect(pages).toContain(`id: "${id}"`);
});

test("a prosecutor begins with the reviews, whoever may not enter begins with the next, then with the first room of all", () => {
  const all = ["inbox", "check", "assistance", "reviews"].map(room);
  expect(firstRoom(session("prosecutor"), all)?.id).toBe("reviews");
  expect(firstRoom(session("prosecutor"), all.slice(0, 3))?.id).toBe("assistance");
  expect(firstRoom(session("prosecutor"), all.slice(0, 2))?.id).toBe("inbox");
  expect(firstRoom(session("immigration"), [room("inbox"), room("border")])?.id).toBe("border");
  expect(firstRoom(session("police"), [])).toBeNull();
});
