// Oversight reads who did what and why, narrows it down, and carries a proof away that holds without our servers.
import { writeFile, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseEntryFile, parsePolicy, proveEntry } from "@simpul/ledger";
import { agreeable, loadPolicy, stepUpActs } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { printVerifierKey } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkEntry, readEntryFile } from "../../apps/cli/commands/verify-entry.ts";
import { sessionFrom, type Read } from "./sessions.ts";
import type { EntryPolicy, EventPage, LogEntry, LogEvent, LogPage, ProvenEntry } from "./contract.ts";
import { circle, cosignAll } from "./testing.ts";

let id: Nation;
let kh: Nation;
let hendra: Person;
let sari: Person;
let number: string;
let folder: string;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [hendra, sari] = [await id.as("hendra"), await id.as("sari")];
  ({ number } = await sari.must<{ number: string }>("POST", "/api/cases", {
    title: "The Park",
    crimeType: "online-fraud",
  }));
  await sari.must("GET", `/api/cases/${number}`);
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-proof-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const log = (query: Record<string, string>): Promise<LogPage> =>
  hendra.must<LogPage>("GET", `/api/oversight/log?${new URLSearchParams(query).toString()}`);

test("she reads page by page who did what, without losing or doubling an entry", async () => {
  const first = await log({ kind: "case.", limit: "5" });
  expect(first.entries).toHaveLength(5);
  expect(first.entries.every((one) => one.kind.startsWith("case."))).toBe(true);
  const second = await log({ kind: "case.", limit: "5", before: first.next! });
  expect(second.entries[0]!.at <= first.entries[4]!.at).toBe(true);
  expect(new Set([...first.entries, ...second.entries].map((one) => one.id)).size).toBe(
    first.entries.length + second.entries.length,
  );
});

test("one viewing session is one event, and its count is that of its leaves, each with its own proof (AUD-1)", async () => {
  const bima = await id.as("bima");
  for (let i = 0; i < 2; i++) await bima.must("GET", "/api/inbox");
  for (let i = 0; i < 3; i++) await bima.must("GET", `/api/cases/${number}`);
  const query = { officer: bima.id, log: "reads" };
  const leaves = (await log(query)).entries;
  const pages: LogEvent[] = [];
  let before: string | undefined;
  do {
    const asked = new URLSearchParams({ ...query, limit: "1", ...(before === undefined ? {} : { before }) });
    const page = await hendra.must<EventPage>("GET", `/api/oversight/events?${asked.toString()}`);
    pages.push(...page.events);
    before = page.next ?? undefined;
  } while (before !== undefined);
  const inbox = pages.filter((one) => one.what === "inbox");
  expect(inbox).toHaveLength(1);
  // However many rooms it asks; oversight's own looks apart, for names under other rights.
  expect(inbox[0]!.kinds).toEqual([
    { kind: "inbox.listed", count: 2 },
    { kind: "oversight.waiting-listed", count: 2 },
  ]);
  const ofCase = pages.filter((one) => one.entry.case?.number === number);
  expect(ofCase).toHaveLength(1);
  expect(ofCase[0]!.kinds).toContainEqual({ kind: "case.viewed", count: 3 });
  // Nothing is lost, doubled or made up: the events are the leaves, in other heaps.
  const told = pages.flatMap((one) => one.leaves.map((leaf) => leaf.id));
  expect(told.toSorted()).toEqual(leaves.map((one) => one.id).toSorted());
  expect(pages.reduce((sum, one) => sum + one.count, 0)).toBe(leaves.length);
  const proven = await hendra.must<ProvenEntry>(
    "GET",
    `/api/oversight/log/reads/${inbox[0]!.leaves.at(-1)!.id}`,
  );
  expect(proven.record).not.toBeNull();
});

test("a break of more than a quarter of an hour begins another session, however long the first was", () => {
  const at = (minutes: number) => new Date(Date.UTC(2031, 1, 5, 12) - minutes * 60_000);
  const reads = [0, 14, 28, 44, 50].map((minutes) => ({ at: at(minutes) }) as Read);
  expect(sessionFrom(reads, null)!.map((one) => one.at)).toEqual([at(0), at(14), at(28)]);
  expect(sessionFrom(reads.slice(0, 3), at(40))).toBeNull();
  expect(sessionFrom(reads.slice(0, 3), at(60))).toHaveLength(3);
});

test("an act carries its officer, her desk, the case's number and the policy that allowed it", async () => {
  const [opened] = (await log({ officer: sari.id, kind: "case.opened" })).entries;
  expect(opened).toMatchObject({
    officer: { name: "Sari Wulandari" },
    desk: { name: "Unit Penyidikan Daring 2" },
    case: { number },
    because: ["policy.case.opened-at-own-agency"],
    log: "main",
  });
});

test("a look carries the reason for which the case was seen", async () => {
  const [viewed] = (await log({ case: number, kind: "case.viewed", officer: sari.id })).entries;
  expect(viewed).toMatchObject({ log: "reads", officer: { id: sari.id } });
  expect(viewed!.because).toContain("policy.case.seen-by-team");
});

test("a case is found by its number alone, and an unknown number finds nothing", async () => {
  const all = (await log({ case: number })).entries;
  expect(new Set(all.map((one) => one.case?.number))).toEqual(new Set([number]));
  expect((await log({ case: "ID-2031-999999" })).entries).toEqual([]);
});

test("time and log narrow down; what she looked at is itself in the log", async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  expect((await log({ from: later })).entries).toEqual([]);
  expect((await log({ to: later, log: "reads" })).entries.every((one) => one.log === "reads")).toBe(true);
  const own = (await log({ officer: hendra.id, kind: "log." })).entries;
  expect(own[0]).toMatchObject({ kind: "log.read", because: ["policy.oversight.reads-logs"] });
});

test("an address that is no filter is refused, and a made-up entry is not found", async () => {
  for (const query of ["before=yesterday", "from=soon", "log=all", "officer=sari"])
    expect((await hendra.ask("GET", `/api/oversight/log?${query}`)).status).toBe(422);
  const none = "/api/oversight/log/main/00000000-0000-7000-8000-000000000000";
  expect((await hendra.ask("GET", none)).status).toBe(404);
});

test("to everybody else, the administrator too, the room does not exist", async () => {
  const [some] = (await log({ limit: "1" })).entries;
  for (const nobody of ["sari", "tono", "agus"])
    for (const where of ["log", "ledger", `log/${some!.log}/${some!.id}`])
      expect((await (await id.as(nobody)).ask("GET", `/api/oversight/${where}`)).status).toBe(404);
});

/** The entry's proof, once it has its place under a head that Cambodia cosigned. */
async function provenOpening(): Promise<ProvenEntry> {
  const [opened] = (await log({ officer: sari.id, kind: "case.opened" })).entries;
  await id.node.ledger.sequence(true);
  expect(await cosignAll(circle({ id: id.node, kh: kh.node }))).toEqual([]);
  return hendra.must<ProvenEntry>("GET", `/api/oversight/log/main/${opened!.id}`);
}

const policy = (): string => {
  const { main } = id.node.keys.notes;
  const { cosigner } = kh.node.keys.notes;
  return `log ${printVerifierKey(main)}\nwitness kh ${printVerifierKey(cosigner)}\nquorum kh\n`;
};

test("the proof of one entry holds without our servers, and not after one changed letter", async () => {
  const { proof, record, entry } = await provenOpening();
  expect(proof).toMatchObject({ index: entry.index, cosigned: [{ node: "kh" }] });
  const file = path.join(folder, "opening.entry.json");
  await writeFile(file, proof!.file);
  const read = (await readEntryFile(file))!;
  expect(read.record).toBe(record);
  expect((await checkEntry(read, policy())).map((one) => [one.check, one.ok])).toEqual([
    ["entry", true],
    ["head", true],
  ]);
  const changed = { ...read, record: read.record!.replace("case.opened", "case.closed") };
  expect(await checkEntry(changed, policy())).toMatchObject([{ check: "entry", ok: false }]);
  expect(await checkEntry(read, null)).toMatchObject([{ check: "policy", ok: false }]);
});

test("a proof that nobody else cosigned satisfies no policy that asks for others", async () => {
  const { proof } = await provenOpening();
  const read = parseEntryFile(proof!.file)!;
  const alone = { ...read, proof: read.proof.replaceAll(/^— kh\..*\n/gm, "") };
  await expect(proveEntry(alone, parsePolicy(policy(), nodeVerifying), nodeVerifying)).rejects.toMatchObject({
    code: "NO_QUORUM",
  });
  expect(() => parseEntryFile(proof!.file.replace(/"salt": "[^"]+"/, '"salt": null'))).toThrow(
    "NOT_AN_ENTRY",
  );
});

test("every kind of act that the house notes has words, so that no entry is a code", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const words: Record<string, string> = {};
  const kinds = new Set<string>();
  for (const folder of ["features", "packages", "apps"])
    for (const file of await readdir(path.join(root, folder), { recursive: true })) {
      if (/node_modules|dist\//.test(file)) continue;
      const whole = path.join(root, folder, file);
      if (file.endsWith("words/en.json"))
        Object.assign(words, JSON.parse(await readFile(whole, "utf8")) as Record<string, string>);
      if (!/\.ts$/.test(file) || /test|faults/.test(file)) continue;
      for (const [, kind] of (await readFile(whole, "utf8")).matchAll(
        /\b(?:note|noteRead|noted)\(\s*(?:db,\s*|tx,\s*)?"([a-z-]+(?:\.[a-z-]+)+)"/g,
      ))
        kinds.add(kind!);
    }
  expect(kinds.size).toBeGreaterThan(40);
  const silent = [...kinds].filter((kind) => words[`activity.${kind}`] === undefined);
  expect(silent).toEqual([]);
  // What she confirms, and what takes a second person, stand on screens by the same words.
  const confirmed = [...stepUpActs, ...loadPolicy(cedar).bySecond, ...agreeable];
  expect(confirmed.filter((act) => words[`access.act.${act}`] === undefined)).toEqual([]);
});

test("a read is proven like an act, under the policy that oversight hands on", async () => {
  const [viewed] = (await log({ case: number, kind: "case.viewed", officer: sari.id })).entries;
  await id.node.ledger.sequence(true);
  const { proof } = await hendra.must<ProvenEntry>("GET", `/api/oversight/log/reads/${viewed!.id}`);
  const file = parseEntryFile(proof!.file)!;
  const [main, reads] = await hendra.must<EntryPolicy[]>("GET", "/api/oversight/policies");
  const proven = await proveEntry(file, parsePolicy(reads!.text, nodeVerifying), nodeVerifying);
  expect(proven.log.name).toBe("id.simpul/reads");
  const other = proveEntry(file, parsePolicy(main!.text, nodeVerifying), nodeVerifying);
  await expect(other).rejects.toMatchObject({ code: "NOT_A_CHECKPOINT" });
});

test("names of officers stand in their own script, with the romanised one beside", async () => {
  const samnang = await kh.as("samnang");
  const page = await samnang.must<LogPage>("GET", `/api/oversight/log?officer=${samnang.id}&limit=1`);
  const entry: LogEntry = page.entries[0]!;
  expect(entry.officer).toMatchObject({ name: "អ៊ុក សំណាង", nameLatin: "Ouk Samnang" });
});
