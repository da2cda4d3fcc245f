// What is kept has a day on which its owner is asked; silence deletes, holds and freezes stop it, holders are told (RET-1).
import { nations, type Nation } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { takeInCommand } from "../evidence/command.ts";
import { chosen, prove, recordsOf, until } from "../requests/testing.ts";
import {
  answers,
  arrived,
  asks,
  fileOf,
  heldBy,
  type People,
  type Thread,
} from "../../testing/calling-back.ts";
import { accessNode } from "../../apps/server/access.ts";
import { casesNode } from "../../apps/server/cases.ts";
import { checksNode } from "../../apps/server/checks.ts";
import { recallsNode } from "../../apps/server/recalls.ts";
import { requestsNode } from "../../apps/server/requests.ts";
import { retentionNode } from "../../apps/server/retention.ts";
import { checksForOthers } from "../checks/others.ts";
import { keepCommand } from "./command.ts";
import type { Gone, Kept } from "./contract.ts";
import { deleteKept, reviewKept } from "./jobs.ts";
import type { RetentionNode } from "./node.ts";

let id: Nation, kh: Nation;
let people: Omit<People, "grace">;
let thread: Thread;
let home: string;
let phone: string, van: string, item: string;
let room: RetentionNode;

type Who = People["rina"];
const kept = async (who: Who, query = ""): Promise<Kept[]> =>
  (await who.must<{ kept: Kept[] }>("GET", `/api/retention${query}`)).kept;
const decide = (who: Who, kind: string, record: string, ask: object) =>
  who.ask<{ error: { code: string } } | null>("POST", `/api/retention/${kind}/${record}`, ask);
const code = async (who: Who, kind: string, record: string, ask: object): Promise<string> => {
  const { status, body } = await decide(who, kind, record, ask);
  return status < 300 ? "" : (body as { error: { code: string } }).error.code;
};
const leafTexts = (about: string) =>
  room.store.read({ actor: { kind: "job", name: "test" }, purpose: "administration" }, async (db) => {
    const { rows } = await sql<{ record: string | null; hash: Buffer }>`select record, hash from simpul.leaves
      where about_id = ${about}::uuid`.execute(db.rows);
    return rows;
  });

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-kept-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh } = await nations("id", "kh"));
  people = {
    rina: await id.as("rina"),
    agus: await id.as("agus"),
    sophea: await kh.as("sophea"),
    sreymom: await kh.as("sreymom"),
    rithy: await kh.as("rithy"),
  };
  thread = await asks(people as People);
  const file = await fileOf("registration.csv", "date,name,phone\n2031-02-05,Melly,+62 854-0000-1702\n");
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const said = await typed(takeInCommand, [file, "--case", thread.theirs.id, "--json"]);
  item = (JSON.parse(said.text) as { id: string }).id;
  const { selector } = await recordsOf(people.sreymom, thread.theirs.number);
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  await answers(people as People, thread, { records: [chosen(phone), chosen(van)], items: [] });
  await arrived(people.rina, thread.asked);
  const cases = casesNode(kh.node);
  const requests = requestsNode(kh.node, cases, checksForOthers(checksNode(kh.node, cases)));
  room = retentionNode(kh.node, requests, recallsNode(kh.node, requests));
  expect(accessNode).toBeTypeOf("function");
}, 180_000);
afterAll(() => rm(home, { recursive: true, force: true }));

test("nothing is due on its first day; whoever does not see a record neither lists nor decides it", async () => {
  expect(await reviewKept(room)).toEqual({ asked: 0, going: 0 });
  expect(await kept(people.sreymom)).toEqual([]);
  const all = await kept(people.sreymom, "?state=all");
  expect(new Set(all.map((one) => one.kind))).toEqual(
    new Set(["case", "subject", "selector", "item", "request"]),
  );
  expect(all.find((one) => one.id === phone)).toMatchObject({ basis: "contact-data", state: "kept" });
  const stranger = await kh.as("sreypov");
  expect(await kept(stranger, "?state=all")).toEqual([]);
  const year = new Date(Date.now() + 360 * 86_400_000).toISOString().slice(0, 10);
  expect(await code(stranger, "selector", phone, { decision: "keep", reason: "EXERCISE", until: year })).toBe(
    "NOT_FOUND",
  );
  for (const [ask, says] of [
    [{ decision: "keep", reason: "x", until: year }, "REASON_NEEDED"],
    [{ decision: "keep", reason: "EXERCISE" }, "DATE_NEEDED"],
    [{ decision: "keep", reason: "EXERCISE", until: "2020-01-01" }, "DATE_PASSED"],
    [{ decision: "keep", reason: "EXERCISE", until: "2099-01-01" }, "TOO_FAR"],
    [{ decision: "melt", reason: "EXERCISE" }, "BAD_INPUT"],
    [{ decision: "delete", reason: "EXERCISE" }, "STEP_UP"],
  ] as const)
    expect(await code(people.sreymom, "selector", phone, ask)).toBe(says);
});

test("its owner is asked; kept with a reason it stays, held for a court nothing of it goes, silence deletes the rest", async () => {
  const { sreymom } = people;
  // Everything is as old as its first period allows.
  const days = { days: 0 };
  const { kinds } = room.terms;
  const old: RetentionNode = {
    ...room,
    terms: {
      ...room.terms,
      kinds: {
        case: { ...kinds.case, ...days },
        subject: { ...kinds.subject, ...days },
        selector: { ...kinds.selector, ...days },
        item: { ...kinds.item, ...days },
        request: { ...kinds.request, ...days },
      },
    },
  };
  expect((await reviewKept(old)).asked).toBeGreaterThan(4);
  const due = await kept(sreymom);
  expect(due.find((one) => one.id === phone)).toMatchObject({
    state: "asked",
    may: ["keep", "delete", "hold"],
  });
  const { entries } = await sreymom.must<{ entries: { kind: string; due: string }[] }>("GET", "/api/inbox");
  expect(entries.find((one) => one.kind === "kept")?.due).toBeTruthy();
  // The cases stay, and one number; another is held; the van's plate and the item are left to silence.
  const next = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  for (const one of due.filter(({ id: each }) => each !== van && each !== item && each !== phone))
    expect(
      await code(sreymom, one.kind, one.id, {
        decision: "keep",
        reason: "EXERCISE: trial pending",
        until: next,
      }),
    ).toBe("");
  const hold = { decision: "hold", reason: "EXERCISE: named in the indictment" };
  expect(await code(sreymom, "selector", phone, hold)).toBe("");
  expect(await code(sreymom, "selector", phone, hold)).toBe("NOT_NOW");
  // Not before the notice is over.
  expect(await deleteKept(old, "selector", van as never)).toBe(false);
  const later: RetentionNode = { ...old, clock: { now: () => new Date(Date.now() + 31 * 86_400_000) } };
  expect(await deleteKept(later, "selector", phone as never)).toBe(false);
  expect(await deleteKept(later, "selector", van as never)).toBe(true);
  expect(await deleteKept(later, "item", item as never)).toBe(true);
  expect(await deleteKept(later, "item", item as never)).toBe(false);
  const { selector } = await recordsOf(sreymom, thread.theirs.number);
  expect(selector!.map((one) => one.id)).toContain(phone);
  expect(selector!.map((one) => one.id)).not.toContain(van);
  expect((await sreymom.ask("GET", `/api/evidence/items/${item}/original`)).status).toBeGreaterThanOrEqual(
    400,
  );
});

test("a signed mark stays without a word of what it was, its leaves keep their hash alone, and the holder destroys its copy", async () => {
  const then = people.sreymom;
  const { gone } = await then.must<{ gone: Gone[] }>("GET", "/api/retention/gone");
  const mark = gone.find((one) => one.id === van)!;
  // Who could see it can ask why she still sees that it is gone; nobody else learns of it.
  expect(await then.must<object>("GET", `/api/why/${van}`)).toMatchObject({ kind: "kept", id: van });
  const said = JSON.parse(
    Buffer.from((JSON.parse(mark.tombstone) as { payload: string }).payload, "base64").toString(),
  ) as object;
  expect(Object.keys(said).toSorted()).toEqual(
    ["at", "id", "kind", "node", "record", "v"].filter((one) => one !== "id"),
  );
  const leaves = await leafTexts(item);
  expect(leaves.length).toBeGreaterThan(0);
  const before = leaves.filter((one) => one.record !== null);
  // Only what was noted with and after the deletion still has its words.
  expect(before.every((one) => /retention|key-destroyed|evidence\./.test(one.record!))).toBe(true);
  expect(leaves.some((one) => one.record === null && one.hash.length === 32)).toBe(true);
  // Indonesia held the van's plate: it reads it no more, and is asked to destroy it.
  const held = await until(
    () => heldBy(people.rina, thread.asked),
    ({ records }) => !records.some((one) => one.id === van),
  );
  expect(held.records.map((one) => one.id)).toContain(phone);
  const { recalls } = await people.rina.must<{ recalls: { kind: string; reasonCode: string }[] }>(
    "GET",
    "/api/recalls?box=theirs",
  );
  expect(recalls).toContainEqual(expect.objectContaining({ kind: "destroy", reasonCode: "retention-over" }));
});

test("what oversight froze is not deleted; a whole case goes with what lies in it, and is found by nobody", async () => {
  const then = people.sreymom;
  const samnang = await kh.as("samnang");
  const cases = (await kept(then, "?state=all&kind=case")).filter((one) => one.id !== thread.theirs.id);
  const other = cases[0]!;
  await samnang.must("POST", "/api/freezes", {
    what: "case",
    ref: other.case!.number,
    reason: "EXERCISE: under review",
  });
  expect((await kept(then, "?state=all&kind=case")).find((one) => one.id === other.id)).toMatchObject({
    frozen: true,
  });
  await prove(then, "retention.delete", other.id);
  expect(await code(then, "case", other.id, { decision: "delete", reason: "EXERCISE" })).toBe("HELD");
  expect(await code(then, "selector", phone, { decision: "release", reason: "" })).toBe("");
  await prove(then, "retention.delete", thread.theirs.id);
  expect(
    await code(then, "case", thread.theirs.id, { decision: "delete", reason: "EXERCISE: no longer needed" }),
  ).toBe("");
  await until(
    () => then.ask("GET", `/api/cases/${thread.theirs.number}`),
    ({ status }) => status === 404,
  );
  const found = await then.must<{ found?: unknown[] }>(
    "GET",
    `/api/cases/search?q=${encodeURIComponent("+6285400001702")}`,
  );
  expect(JSON.stringify(found)).not.toContain(thread.theirs.id);
  await until(
    () => heldBy(people.rina, thread.asked),
    ({ records }) => records.length === 0,
  );
  const lines = await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]).then(() =>
    typed(keepCommand, ["gone"]),
  );
  expect(lines.text).toContain(`selector\t${van}`);
  expect(await typed(keepCommand, ["decide", "case", other.id, "keep"])).toMatchObject({ exit: 2 });
  expect((await typed(keepCommand, ["list", "--state", "all", "--kind", "case"])).text).toContain("frozen");
});
