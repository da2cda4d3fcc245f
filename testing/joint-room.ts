// For tests of joint spaces: a node's joint room as its server builds it, and letters as a faulty or lying node would send them.
import { casesNode } from "../apps/server/cases.ts";
import { checksNode } from "../apps/server/checks.ts";
import { jointNode } from "../apps/server/joint.ts";
import { requestsNode } from "../apps/server/requests.ts";
import type { Id } from "@simpul/model";
import type { Nation, Person } from "./nations.ts";
import type { Player, Stage } from "./attacks/stage.ts";
import { takeIn } from "./attacks/take-in.ts";
import { sql } from "kysely";
import { checksForOthers } from "../features/checks/others.ts";
import type { InboxView } from "../features/inbox/contract.ts";
import type { ThingView } from "../features/joint/contract.ts";
import { jointPart } from "../features/joint/peer.ts";
import { letter, prove } from "../features/joint/testing.ts";

/** The code of a refusal; undefined for what was done. */
export const code = (got: { status: number; body: unknown }) =>
  (got.body as { error?: { code: string } } | null)?.error?.code;
export const roomOf = (nation: Nation) => {
  const cases = casesNode(nation.node);
  return jointNode(
    nation.node,
    requestsNode(nation.node, cases, checksForOthers(checksNode(nation.node, cases))),
  );
};
/** What the receiving side says to a letter, as its own database has it. */
export async function takes(at: Nation, from: string, type: string, body: unknown): Promise<string> {
  const part = jointPart(roomOf(at));
  try {
    await at.node.store.write(
      { actor: { kind: "peer", node: from as never }, purpose: "mutual-assistance" },
      async (tx) => {
        await part.takes![type]!(tx, letter(from, type, body));
      },
    );
    return "taken";
  } catch (fault) {
    return (fault as Error).message.replaceAll(":", "");
  }
}
/** With the second factor that what leaves a case asks for. */
export async function releases(
  who: Person,
  space: string,
  what: object,
): Promise<{ status: number; body: unknown }> {
  await prove(who, "joint.release", space);
  return who.ask("POST", `/api/joint/${space}/things`, what);
}
export const entries = async (who: Person) => (await who.must<InboxView>("GET", "/api/inbox")).entries;
export const named = (all: ThingView[], title: string) => all.find((one) => one.title === title);
/** A thing as it came to another party, to be sent again by a faulty node. */
export async function wired(at: Nation, title: string, more: object = {}): Promise<object> {
  const rows = await at.node.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "mutual-assistance" },
    async (db) => {
      const found = await sql<
        Record<string, never>
      >`select * from simpul.joint_things where title = ${title}`.execute(db.rows);
      return found.rows;
    },
  );
  const row = rows[0]! as unknown as Record<string, Date> & { evaluation: string };
  return {
    ...{
      id: crypto.randomUUID(),
      kind: row["kind"],
      version: 1,
      state: "standing",
      by: row["by_member"],
      reason: "",
    },
    ...{ at: new Date().toISOString(), firstAt: new Date().toISOString(), handling: row["handling"] },
    ...{ evaluation: { source: row.evaluation[0], information: row.evaluation[1] }, content: row["content"] },
    ...more,
  };
}
/** Whichever authority a letter says that it is from. */
export const agency = crypto.randomUUID();

/** A file of hers that is sealed in her case, by a device in software. Gives its id. */
export function exhibit(
  at: Nation,
  who: Person,
  of: { case: Id; name: string; text: string },
): Promise<string> {
  const { address } = at.web;
  const door = {
    nation: at,
    must: <T>(_: unknown, method: string, path: string, body?: unknown) => who.must<T>(method, path, body),
    async ask(_: unknown, method: string, path: string, body?: string, headers: object = {}) {
      const own = { cookie: who.cookie, origin: address, "x-simpul": "page" };
      const got = await fetch(`${address}${path}`, {
        ...{ method, headers: { ...own, ...headers } },
        ...(body !== undefined && { body }),
      });
      return { status: got.status, text: await got.text() };
    },
  };
  return takeIn(door as unknown as Stage, who as unknown as Player, of);
}
