// What is signed about letters between two states, compared every day; letters between desks; and a node of before (MSG-2, MSG-4).
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { readBody, type PeerPart } from "@simpul/exchange";
import { casesNode, checksNode, peersNode, requestsNode } from "@simpul/server";
import type { Standing } from "@simpul/store";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { typed } from "@simpul/testing/typed";
import { sql } from "kysely";
import pg from "pg";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { signInCommand } from "../access/command.ts";
import type { CaseHead } from "../cases/contract.ts";
import { checksForOthers } from "../checks/others.ts";
import type { InboxView } from "../inbox/contract.ts";
import { peersCommand } from "../peers/command.ts";
import type { Incidents, Letters, PeerView } from "../peers/contract.ts";
import { reconcile } from "../peers/reconcile.ts";
import type { AskDraft, RequestHead } from "./contract.ts";
import lines from "../peers/words/en.json" with { type: "json" };
import say from "./words/en.json" with { type: "json" };
import { requestsPart } from "./peer.ts";
import { wire } from "./shapes.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  draft,
  prove,
  refusedWith,
  stands,
  until,
  view,
} from "./testing.ts";

vi.setConfig({ testTimeout: 300_000 });

let id: Nation, kh: Nation;
let browser: Browser;
let rina: Person, agus: Person, putri: Person, sophea: Person, rithy: Person;
let ours: CaseHead;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  browser = await openBrowser();
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, putri] = [await id.as("rina"), await id.as("agus"), await id.as("putri")];
  [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
  ours = await caseNamed(rina, "pembayar tiket");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true });
});

/** Asked, opened there and answered; gives both ids. */
async function answered(): Promise<{ there: string; came: string }> {
  const { requests } = await sophea.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming");
  const there = await ask(rina, agus, draft(ours.number, ["kh"]));
  const came = await arrival(
    sophea,
    requests.map((one) => one.id),
  );
  await view(sophea, came);
  await release(came);
  return { there, came };
}
async function release(came: string): Promise<void> {
  const where = `/api/requests/${came}/answer`;
  const { id: written } = await sophea.must<{ id: string }>("PUT", where, answer());
  await sophea.must("POST", `${where}/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `${where}/release`, { reason: "EXERCISE" });
}
/** By two persons of the contact point. */
async function wrote(what: AskDraft): Promise<string> {
  const { id: letter } = await agus.must<{ id: string }>("POST", "/api/requests", what);
  await agus.must("POST", `/api/requests/${letter}/submit`);
  await prove(putri, "request.approve", letter);
  await putri.must("POST", `/api/requests/${letter}/approve`, { reason: "EXERCISE" });
  return letter;
}

interface Kept {
  letter: string;
  thread: string;
  answer: string | null;
  event: string;
  signed_by: string;
  at: Date;
  signed: string;
}
/** As whoever owns the database and lifts the row security of one table. */
async function owned({ node }: Nation, text: string, table: string): Promise<void> {
  const owner = new pg.Client(node.settings.databaseUrl!);
  await owner.connect();
  await owner.query(`begin; alter table simpul.${table} no force row level security; ${text};
    alter table simpul.${table} force row level security; commit`);
  await owner.end();
}
const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "mutual-assistance" };
const signedAbout = (nation: Nation, thread: string): Promise<Kept[]> =>
  nation.node.store.read(job, async (db) => {
    db.noteRead("test.read", {});
    return (
      await sql<Kept>`select letter, thread_id as thread, answer_id as answer, event, signed_by, at, signed
        from simpul.request_evidences where thread_id = ${thread} order by at`.execute(db.rows)
    ).rows;
  });

test("that a letter was opened is signed by who opened it, and both keep the same words (MSG-4)", async () => {
  const { there, came } = await answered();
  const thread = (await stands(rina, there, "answered")).threads[0]!.id;
  // MSG-4: each letter was opened by its desk; who opened signs it, both keep the same words.
  const here = await until(
    () => signedAbout(kh, came),
    (list) => list.length === 2,
  );
  expect(here.map(({ event, signed_by: by }) => `${by} ${event}`)).toEqual(["kh retrieved", "id retrieved"]);
  await until(
    () => signedAbout(id, thread),
    (one) => JSON.stringify(one) === JSON.stringify(here),
  );
  expect((await view(sophea, came)).full[0]!.answers.map((one) => one.opened)).toEqual([true]);
  // Another's letter, or otherwise than they signed it, is not believed.
  const [first] = here;
  const { signed_by: _by, ...about } = { ...first!, at: first!.at.toISOString() };
  const sends = (more: object) => refusedWith(kh.node, "id", "evidence.given", { ...about, ...more });
  expect(await sends({ event: "not-retrieved" })).toBe("BAD_BODY");
  expect(await sends({ letter: here[1]!.letter })).toBe("UNKNOWN_RECORD");
});

test("once a day both nodes compare what they hold: what somebody took out is an incident at both, until a person says why (MSG-4)", async () => {
  const books = ({ node }: Nation) => peersNode(node, casesNode(node).policy);
  expect(await reconcile(books(id), kh.node.code)).toBe(0);
  const peer = () => agus.must<PeerView>("GET", "/api/peers/kh");
  expect(await peer()).toMatchObject({ incidents: 0, compared: { able: true } });
  expect((await peer()).compared!.letters).toBeGreaterThan(3);

  // Somebody reaches into Cambodia's database: a receipt that it gave goes, and a word that it signed.
  await owned(kh, "delete from simpul.received where sequence = 1", "received");
  await owned(
    kh,
    `delete from simpul.request_evidences where carried_by in (select carried_by from simpul.request_evidences
      where signed_by = 'kh' limit 1)`,
    "request_evidences",
  );
  expect(await reconcile(books(id), kh.node.code)).toBe(2);
  expect(await reconcile(books(kh), id.node.code)).toBe(2);
  const open = async (who: Person, where: string) =>
    (await who.must<Incidents>("GET", `/api/peers/${where}/incidents`)).incidents
      .filter((one) => one.closed === null)
      .map(({ sender, kind }) => `${sender} ${kind}`)
      .toSorted();
  expect(await open(agus, "kh")).toEqual(["id missing-there", "kh missing-there"]);
  expect(await open(sophea, "id")).toEqual(["id missing-here", "kh missing-here"]);

  // Found once. Not whoever keeps the machines closes it, and nobody without a reason.
  expect(await reconcile(books(id), kh.node.code)).toBe(0);
  const waiting = async (who: Person) =>
    (await who.must<InboxView>("GET", "/api/inbox")).entries.filter(({ kind }) => kind === "peer-incident");
  const tono = await id.as("tono");
  for (const who of [agus, tono])
    expect(await waiting(who)).toMatchObject([{ to: "/peers/kh?tab=incidents" }]);
  expect(await waiting(rina)).toEqual([]);
  const { incidents } = await agus.must<Incidents>("GET", "/api/peers/kh/incidents");
  const close = (who: Person, which: string, because: string) =>
    who.ask("POST", `/api/peers/kh/incidents/${which}/close`, { because });
  expect((await close(tono, incidents[0]!.id, "EXERCISE: nothing to see")).status).toBe(403);
  expect((await close(rina, incidents[0]!.id, "EXERCISE: curious")).status).toBe(404);
  expect((await close(agus, incidents[0]!.id, " ")).status).toBe(422);
  // One at the command line, the other on the page.
  await typed(signInCommand, ["--node", id.web.address, "--as", "agus"]);
  const listed = (await typed(peersCommand, ["incidents", "kh"])).text.split("\n");
  expect(listed.filter((line) => /missing-there.*open$/.test(line))).toHaveLength(2);
  const because = ["--because", "EXERCISE: Phnom Penh found who did it"];
  expect((await typed(peersCommand, ["close", "kh", incidents[1]!.id, ...because])).exit).toBe(0);
  expect((await close(agus, incidents[1]!.id, "EXERCISE: again")).status).toBe(404);

  const page = await enter(browser, id, "agus", { language: "en" });
  await page.goto(`${id.web.address}/peers/kh`);
  await page.getByText(lines["peers.tab.incidents"]).first().waitFor();
  await look(page, "peer-incident");
  await page.goto(`${id.web.address}/peers/kh?tab=incidents`);
  await page.getByLabel(lines["peers.incident.because"]).fill("EXERCISE: Phnom Penh found who did it");
  await look(page, "peer-incidents");
  await page.getByRole("button", { name: lines["peers.incident.close"] }).click();
  await page.getByRole("button", { name: lines["peers.incident.close"] }).waitFor({ state: "detached" });
  expect((await peer()).incidents).toBe(0);
  expect(await waiting(agus)).toEqual([]);
});

/** A letter between desks: of no case, and of nobody. */
const between = (more: Partial<AskDraft> = {}): AskDraft =>
  draft("", ["kh"], {
    ...({ unasked: "administrative", questions: [], offence: "", whyThere: "", languages: [] } as const),
    ...({ purpose: "", legalBasis: "", evidenceForeseen: false } as const),
    subject: "EXERCISE: our desk on 4 March",
    ...more,
  });
const told = async (kind: string) =>
  (await sophea.must<InboxView>("GET", "/api/inbox")).entries.filter((one) => one.kind === kind);

test("desks tell each other hours and contacts without a case, by two persons, and are answered in words (MSG-2)", async () => {
  expect((await rina.ask("POST", "/api/requests", between())).status).toBe(403);
  const lacks = async (more: Partial<AskDraft>): Promise<unknown> => {
    const made = await agus.ask<{ id: string; error?: { facts: { missing: string } } }>(
      ...(["POST", "/api/requests", between(more)] as const),
    );
    if (made.status !== 201) return made.body.error!.facts.missing;
    return (
      await agus.ask<{ error: { facts: { missing: string } } }>(
        "POST",
        `/api/requests/${made.body.id}/submit`,
      )
    ).body.error.facts.missing;
  };
  expect(await lacks({ case: ours.number })).toBe("case");
  expect(await lacks({ offence: "trafficking-forced-criminality" })).toBe("offence");
  expect(await lacks({ letters: ["mm-atipd"] })).toBe("letters");

  const { id: alone } = await agus.must<{ id: string }>("POST", "/api/requests", between());
  await agus.must("POST", `/api/requests/${alone}/submit`);
  await prove(agus, "request.approve", alone);
  expect((await agus.ask("POST", `/api/requests/${alone}/approve`, { reason: "EXERCISE" })).status).toBe(403);
  const page = await enter(browser, id, "agus", { language: "en" });
  await page.goto(`${id.web.address}/requests/new?unasked=information`);
  await page.getByRole("button", { name: say["requests.tell.administrative"] }).click();
  await page.getByRole("combobox", { name: say["requests.to"] }).click();
  await page.getByRole("option", { name: "Cambodia" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel(say["requests.subject"]).fill("EXERCISE: our desk on 4 March");
  await page.getByLabel(say["requests.tell.words"]).fill("EXERCISE: by telephone alone until noon.");
  await look(page, "requests-administrative");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("EXERCISE: by telephone alone until noon.").waitFor();
  await look(page, "requests-administrative-check");
  await page.getByRole("button", { name: say["requests.submit"] }).click();
  await page.waitForURL(/requests\/[0-9a-f-]{36}$/);
  const there = page.url().split("/").at(-1)!;
  await prove(putri, "request.approve", there);
  await putri.must("POST", `/api/requests/${there}/approve`, { reason: "EXERCISE" });
  const [came] = await until(
    () => told("told-administrative"),
    (list) => list.length === 1,
  );
  expect((await view(sophea, came!.id)).may.toSorted()).toEqual(["answer", "assign", "clarify", "take-note"]);
  // Nothing of a case goes back, and nobody else reads along.
  const where = `/api/requests/${came!.id}/answer`;
  const theirs = (await (await kh.as("sreymom")).must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1"))
    .cases[0]!;
  expect((await sophea.ask("PUT", where, answer({ case: theirs.number }))).status).toBe(422);
  expect((await rina.ask("GET", `/api/requests/${there}`)).status).toBe(404);
  // On the page in one question; the interface then releases what was written there.
  const desk = await enter(browser, kh, "sophea", { language: "en" });
  await desk.goto(`${kh.web.address}/requests/${came!.id}/answer`);
  await desk.getByLabel(say["requests.answer.words"]).fill("EXERCISE: noted, we call then.");
  await look(desk, "requests-administrative-answer");
  await desk.getByRole("button", { name: "Continue" }).click();
  await desk.getByRole("button", { name: say["requests.answer.submit"] }).click();
  await desk.waitForURL(/requests\/[0-9a-f-]{36}$/);
  const { answer: written } = await view(rithy, came!.id);
  await prove(rithy, "release", written!.id);
  await rithy.must("POST", `${where}/release`, { reason: "EXERCISE" });
  const back = await stands(agus, there, "answered");
  expect(back.case).toBeNull();
  const thread = back.threads[0]!.id;
  await agus.must("POST", `/api/requests/${there}/close`, { thread, usefulness: "useful", text: "" });
  await stands(sophea, came!.id, "closed");
  await page.goto(`${id.web.address}/requests/${there}`);
  await page.getByText(say["requests.evidence.retrieved"].replace("{state}", "Cambodia")).first().waitFor();
  await look(page, "requests-administrative-answered");
});

test("a node of before takes what it knows: the rest cannot be told there, is kept, and goes once that node is updated", async () => {
  const [, port] = kh.node.peering.card().address.split(":");
  kh.node.settings.peerPort = Number(port);
  await kh.node.peering.close();
  const cases = casesNode(kh.node);
  const part = requestsPart(requestsNode(kh.node, cases, checksForOthers(checksNode(kh.node, cases))));
  await kh.node.peering.open([beforeUnasked(part)]);

  // A request goes as ever; that its answer was opened cannot be told.
  const { there } = await answered();
  await stands(rina, there, "answered");
  const untold = async () =>
    (await view(rina, there)).full[0]!.answers[0]!.evidences.map((one) => one.untold);
  await until(untold, ([code]) => code === "UNKNOWN_TYPE");
  expect(await refusedWith(id.node, "kh", "item.reported", {})).toBe("UNKNOWN_TYPE");
  // What nobody asked for is no request there.
  const letter = await wrote(between());
  expect((await stands(agus, letter, "undelivered")).full[0]!.code).toBe("NOT_KNOWN_THERE");
  const books = peersNode(id.node, casesNode(id.node).policy);
  await owned(id, "delete from simpul.line_comparisons", "line_comparisons");
  await reconcile(books, kh.node.code);
  expect((await agus.must<PeerView>("GET", "/api/peers/kh")).compared).toMatchObject({ able: false });

  await kh.leave();
  await kh.comeBack();
  sophea = await kh.as("sophea");
  const tono = await id.as("tono");
  const { outgoing } = await tono.must<Letters>("GET", "/api/peers/kh/letters");
  for (const one of outgoing.filter(({ kind, state }) => state === "refused" && kind !== "item.reported"))
    await tono.must("POST", `/api/peers/kh/letters/${one.id}/again`);
  await stands(agus, letter, "delivered");
  await until(untold, ([code]) => code === null);
  expect(await told("told-administrative")).toHaveLength(1);
});

/** A node of before: what nobody asked for, reports and evidences came after it. */
function beforeUnasked(part: PeerPart): PeerPart {
  const { "item.reported": _report, "evidence.given": _evidence, ...takes } = part.takes!;
  const { unasked: _unasked, ...before } = wire["request.sent"].shape;
  const strict = z.strictObject(before);
  const take = takes["request.sent"]!;
  return {
    ...part,
    takes: {
      ...takes,
      "request.sent": async (tx, envelope) => {
        readBody(strict, envelope.body);
        await take(tx, envelope);
      },
    },
  };
}
