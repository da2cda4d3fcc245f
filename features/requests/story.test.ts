// Indonesia asks Cambodia, Cambodia answers with records and an item, and what Cambodia gave stays under its terms.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { verifyBundle } from "@simpul/evidence/bundle";
import { zipSource } from "@simpul/evidence/bag";
import { nodeVerifying } from "@simpul/store/keys";
import { nations, type Nation, type Person } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { SessionView } from "../access/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import type { Export, Item, Story, TrustPolicy } from "../evidence/contract.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { InboxView } from "../inbox/contract.ts";
import { requestCommand } from "./command.ts";
import type {
  Choice,
  PermissionView,
  Preview,
  ReceivedItem,
  ReceivedRecord,
  RequestView,
} from "./contract.ts";
import {
  answer,
  arrival,
  caseNamed,
  chosen,
  draft,
  prove,
  recordsOf,
  stands,
  until,
  view,
} from "./testing.ts";

type Held = { records: ReceivedRecord[]; items: ReceivedItem[] };
let id: Nation, kh: Nation, ph: Nation;
let rina: Person, agus: Person, sophea: Person, sreymom: Person, rithy: Person, grace: Person;
let theirs: CaseHead, ours: CaseHead;
let home: string;
let item: string;
let asked: string;
let came: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-requests-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [rina, agus] = [await id.as("rina"), await id.as("agus")];
  [sophea, sreymom, rithy] = [await kh.as("sophea"), await kh.as("sreymom"), await kh.as("rithy")];
  grace = await ph.as("grace");
  ours = await caseNamed(rina, "pembayar tiket");
  theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  const file = path.join(home, "registration.csv");
  await writeFile(file, "date,name,phone\n2031-02-05,Melly,+62 854-0000-1702\n");
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const { text: said } = await typed(takeInCommand, [file, "--case", theirs.id, "--json"]);
  item = (JSON.parse(said) as { id: string }).id;
}, 120_000);
afterAll(() => rm(home, { recursive: true }));

test("a victim's or relative's number is never put before another state", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const family = selector!.find((one) => one.role === "family")!;
  const refused = await rina.ask(
    "POST",
    "/api/requests",
    draft(ours.number, ["kh"], { records: [chosen(family.id)] }),
  );
  expect(refused).toMatchObject({ status: 422, body: { error: { code: "PROTECTED_PERSON" } } });
  const { records } = await rina.must<{ records: Choice[] }>(
    "GET",
    `/api/requests/choices?case=${ours.number}&to=kh`,
  );
  expect(records.find((one) => one.id === family.id)!.stop).toMatchObject({
    because: "protected",
    wayOut: "none",
  });
});

test("a draft that lacks something is kept, and says what it lacks before it goes anywhere", async () => {
  const bare = draft(ours.number, ["kh"], { whyThere: "", legalBasis: "" });
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/requests", bare);
  expect((await view(rina, made)).missing).toEqual(["whyThere", "legalBasis"]);
  expect(await rina.ask("POST", `/api/requests/${made}/submit`)).toMatchObject({
    body: { error: { code: "INCOMPLETE", facts: { missing: "whyThere,legalBasis" } } },
  });
  const urgent = { ...bare, urgent: true, urgencyText: "very", version: 1 };
  await rina.must("PUT", `/api/requests/${made}`, urgent);
  expect(await rina.ask("POST", `/api/requests/${made}/submit`)).toMatchObject({
    body: { error: { code: "URGENCY_NEEDS_REASON" } },
  });
  expect(await rina.ask("PUT", `/api/requests/${made}`, urgent)).toMatchObject({
    body: { error: { code: "NEWER_DRAFT", facts: { version: 2 } } },
  });
  await rina.must("POST", `/api/requests/${made}/withdraw`, { reason: "" });
});

test("a request leaves by two persons and a second factor, and not before", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const phone = selector!.find((one) => one.role === "facilitator")!;
  const what = draft(ours.number, ["kh"], { records: [chosen(phone.id)] });
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/requests", what);
  asked = made;
  await rina.must("POST", `/api/requests/${made}/submit`);
  await prove(rina, "request.approve", made);
  expect((await rina.ask("POST", `/api/requests/${made}/approve`, { reason: "" })).status).toBe(403);
  const inbox = await agus.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === made)).toMatchObject({ kind: "request-approval" });
  const preview = await agus.must<Preview>("GET", `/api/requests/${made}/preview`);
  expect(preview.pages).toHaveLength(1);
  expect(preview.pages[0]).toMatchObject({ to: "kh", handling: { codes: ["H1", "H2"] }, stops: [] });
  expect(JSON.stringify(preview.pages[0])).not.toContain(ours.number);
  expect(await agus.ask("POST", `/api/requests/${made}/approve`, { reason: "" })).toMatchObject({
    status: 403,
    body: { error: { code: "STEP_UP", facts: { act: "request.approve", record: made } } },
  });
  await prove(agus, "request.approve", made);
  await agus.must("POST", `/api/requests/${made}/approve`, { reason: "EXERCISE" });
  await stands(rina, made, "delivered");
});

test("the contact point sees it with its clock, and nobody else does until it is assigned", async () => {
  came = await arrival(sophea);
  const inbox = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === came)).toMatchObject({ kind: "request-new", for: "desk" });
  expect((await sreymom.ask("GET", `/api/requests/${came}`)).status).toBe(404);
  const seen = await view(sophea, came);
  expect(seen).toMatchObject({ box: "incoming", from: "id", case: null });
  expect(seen.threads[0]).toMatchObject({
    state: "opened",
    clock: { state: "running", reach: "direct", limit: { amount: 5, unit: "working-days" } },
  });
  expect(seen.threads[0]!.reference).toMatch(/^ID-KH-\d{4}-000001$/);
  expect(JSON.stringify(seen)).not.toContain(ours.number);
  const opened = await stands(rina, asked, "opened");
  expect(opened.threads[0]!.clock!.due).toBe(seen.threads[0]!.clock!.due);
  const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  expect(await view(sreymom, came)).toMatchObject({ threads: [{ state: "in-work" }], desk: officer.desk.id });
  await stands(rina, asked, "in-work");
  const { entries } = await sreymom.must<InboxView>("GET", "/api/inbox");
  expect(entries.find((one) => one.id === came)).toMatchObject({ kind: "request-work" });
});

test("the desk answers with records and an item, on the terms that it ticks, released by a second person", async () => {
  const { selector, subject } = await recordsOf(sreymom, theirs.number);
  const phone = selector!.find((one) => one.type === "phone")!;
  const van = selector!.find((one) => one.type === "vehicle")!;
  const open = answer({
    case: theirs.number,
    records: [
      chosen(phone.id, { link: "" }),
      chosen(subject![0]!.id, { link: "" }),
      chosen(van.id, { handling: { codes: ["H0"] }, link: "" }),
    ],
    items: [chosen(item, { link: "", grants: { case: true, court: false, recipients: [] } })],
    searched: [{ source: "own-cases", by: sreymom.id as never, on: "2031-02-20" }],
  });
  expect(await sreymom.ask("PUT", `/api/requests/${came}/answer`, open)).toMatchObject({
    body: { error: { code: "CONFIRM_H0" } },
  });
  const saved = await sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, {
    ...open,
    confirmH0: true,
  });
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(sreymom, "release", saved.id);
  expect((await sreymom.ask("POST", `/api/requests/${came}/answer/release`, { reason: "" })).status).toBe(
    403,
  );
  const preview = await sophea.must<Preview>("GET", `/api/requests/${came}/answer/preview`);
  expect(preview.pages[0]).toMatchObject({ to: "id", originators: ["kh"], stops: [] });
  expect((await sophea.ask("POST", `/api/requests/${came}/answer/release`, { reason: "" })).status).toBe(403);
  await prove(sophea, "release", saved.id);
  await sophea.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  const got = await stands(rina, asked, "answered");
  expect(got.full[0]!.answers[0]).toMatchObject({
    kind: "full",
    searched: [{ source: "own-cases", count: 1 }],
  });
  const here = await until(
    () => view(sophea, came),
    (seen) => seen.full[0]!.answers[0]?.state === "delivered",
  );
  const digests = (of: RequestView, what: string) =>
    of.releases.filter((one) => one.what === what).map((one) => one.digest);
  expect(digests(got, "answer")).toEqual(digests(here, "answer"));
  expect(digests(got, "request")).toEqual(digests(here, "request"));
});

test("its records lie at the case as foreign copies, and its item as evidence with both states' signatures", async () => {
  const held = await until(
    () => rina.must<Held>("GET", `/api/requests/received?case=${ours.number}`),
    ({ items }) => items[0]?.arrival.state === "sealed",
  );
  expect(held.records.map((one) => [one.kind, one.originator])).toEqual(
    expect.arrayContaining([
      ["selector", "kh"],
      ["subject", "kh"],
    ]),
  );
  const story = await rina.must<Story>("GET", `/api/evidence/items/${item}/story`);
  expect(story.intact).toBe(true);
  expect(story.lines.map((line) => line.event)).toEqual(
    expect.arrayContaining(["acquired", "sealed", "transferred-out", "received"]),
  );
  const found = await rina.must<Item>("GET", `/api/evidence/items/${item}`);
  expect(found).toMatchObject({ origin: "peer", fileName: "registration.csv" });
  const at = held.records.find((one) => one.kind === "subject")!;
  expect(at.may).toMatchObject({ court: false, onward: [], agencyOnly: true });
  // Under H2 and without "this case", another agency of ours does not see it, and neither does a third state.
  const sari = await id.as("sari");
  expect((await sari.ask("GET", `/api/requests/received/${at.copy}`)).status).toBe(404);
  expect((await rina.must<typeof at>("GET", `/api/requests/received/${at.copy}`)).title).toBe("Melly");
});

test("passed on to a third state it is stopped, with the reason, the originator and the way out", async () => {
  const held = await rina.must<Held>("GET", `/api/requests/received?case=${ours.number}`);
  const melly = held.records.find((one) => one.kind === "subject")!;
  const free = held.records.find((one) => one.kind === "selector" && one.handling.codes[0] === "H0")!;
  const what = draft(ours.number, ["ph"], {
    subject: "EXERCISE: the same recruiter",
    records: [chosen(melly.id), chosen(free.id)],
  });
  const { records } = await rina.must<{ records: Choice[] }>(
    "GET",
    `/api/requests/choices?case=${ours.number}&to=ph`,
  );
  expect(records.find((one) => one.id === melly.id)!.stop).toMatchObject({
    because: "H2",
    originator: "kh",
    wayOut: "ask",
    recipients: ["ph"],
  });
  expect(records.find((one) => one.id === free.id)!.stop).toBeNull();
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/requests", what);
  expect(await rina.ask("POST", `/api/requests/${made}/submit`)).toMatchObject({
    status: 403,
    body: {
      error: { code: "NEEDS_PERMISSION", facts: { originator: "kh", record: melly.id, because: "H2" } },
    },
  });
  // At the command line the way out can be typed as it is told.
  await typed(signInCommand, ["--node", id.web.address, "--as", "rina"]);
  const stopped = await typed(requestCommand, ["submit", made]);
  expect(stopped.exit).toBe(1);
  expect(stopped.wrong).toContain(`simpul permission ask ${melly.id} --case ${ours.number} --to ph --basis`);
  const codes = await rina.must<{ id: string }>("POST", "/api/requests/permissions", {
    case: ours.number,
    records: [melly.copy],
    action: "onward",
    recipients: ["ph"],
    court: null,
    legalBasis: "untoc-27",
    purpose: "crime-investigation",
    reason: "EXERCISE: the Philippines look for the same person.",
    neededBy: null,
  });
  const permission = await until(
    () => sophea.must<{ permissions: PermissionView[] }>("GET", "/api/requests/permissions?box=incoming"),
    ({ permissions }) => permissions.length > 0,
  );
  const to = permission.permissions[0]!;
  expect(to).toMatchObject({
    peer: "id",
    state: "delivered",
    recipients: ["ph"],
    records: [{ title: "Melly" }],
  });
  expect(to.id).toBe(codes.id);
  const decision = {
    decisions: [{ record: melly.id, grant: true }],
    conditions: "EXERCISE: not to be shown to the press.",
    notAfter: null,
    reason: "EXERCISE",
  };
  const decide = () => sophea.ask("POST", `/api/requests/permissions/${to.id}/decide`, decision);
  expect(await decide()).toMatchObject({ body: { error: { code: "STEP_UP" } } });
  // Nothing is permitted while nobody has decided.
  expect((await rina.ask("POST", `/api/requests/${made}/submit`)).status).toBe(403);
  await prove(sophea, "permission.decide", to.id);
  expect((await decide()).status).toBe(204);
  await until(
    () => rina.must<PermissionView>("GET", `/api/requests/permissions/${to.id}`),
    (seen) => seen.state === "conditions",
  );
  await rina.must("POST", `/api/requests/${made}/submit`);
  await prove(agus, "request.approve", made);
  await agus.must("POST", `/api/requests/${made}/approve`, { reason: "EXERCISE" });
  const there = await arrival(grace);
  const seen = await view(grace, there);
  const copy = seen.records.find((one) => one.id === melly.id)!;
  expect(copy).toMatchObject({ originator: "kh", handling: { codes: ["H1", "H2"] } });
  expect(copy.grants).toMatchObject([
    { originator: "kh", holder: "id", recipients: ["ph"], action: "onward" },
  ]);
  // The Philippines hold it under Cambodia's terms: a permission to Indonesia is none to them.
  const theirsNow = await grace.must<Held>("GET", `/api/requests/received?request=${there}`);
  expect(theirsNow.records.find((one) => one.id === melly.id)!.may).toMatchObject({
    court: false,
    onward: [],
  });
});

/** The case's foreign item for our own court. */
const court = () => ({
  case: ours.id,
  items: [item],
  recipient: "EXERCISE: Pengadilan Negeri",
  recipientState: "id",
  reason: "EXERCISE",
  fields: ["fileName"],
});

test("court use waits for its own permission, and the bundle stops until then", async () => {
  const terms = async () =>
    (await rina.must<Held>("GET", `/api/requests/received?case=${ours.number}`)).items[0]!.may.court;
  expect(await terms()).toBe(false);
  expect(await rina.ask("POST", "/api/evidence/exports", court())).toMatchObject({
    status: 403,
    body: { error: { code: "PERMISSION_NEEDED", facts: { originator: "kh", uses: "court", items: item } } },
  });
  const { id: permission } = await rina.must<{ id: string }>("POST", "/api/requests/permissions", {
    case: ours.number,
    records: [item],
    action: "court",
    recipients: [],
    court: "EXERCISE: Pengadilan Negeri",
    legalBasis: "untoc-27",
    purpose: "prosecution",
    reason: "EXERCISE",
    neededBy: null,
  });
  await until(
    () => rithy.ask("GET", `/api/requests/permissions/${permission}`),
    ({ status }) => status === 200,
  );
  await prove(rithy, "permission.decide", permission);
  const past = {
    decisions: [{ record: item, grant: true }],
    conditions: "",
    notAfter: "2020-01-01",
    reason: "",
  };
  expect(await rithy.ask("POST", `/api/requests/permissions/${permission}/decide`, past)).toMatchObject({
    body: { error: { code: "DATE_PASSED" } },
  });
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await rithy.must("POST", `/api/requests/permissions/${permission}/decide`, { ...past, notAfter: day });
  await until(terms, (permitted) => permitted);
});

test("permitted, it goes into a bundle that proves both states' part and carries the permission", async () => {
  await prove(rina, "evidence.export", ours.id);
  const { id: made } = await rina.must<Export>("POST", "/api/evidence/exports", court());
  await until(
    async () => {
      await id.node.ledger.sequence(true);
      await id.node.peering.cosign();
      return rina.must<Export>("GET", `/api/evidence/exports/${made}`);
    },
    (seen) => seen.state === "ready" || seen.state === "failed",
    60,
  ).then((seen) => expect(seen).toMatchObject({ state: "ready", proven: true }));
  const zip = Buffer.from(
    await (
      await fetch(`${id.web.address}/api/evidence/exports/${made}/bundle`, {
        headers: { cookie: rina.cookie, origin: id.web.address },
      })
    ).arrayBuffer(),
  );
  const source = await zipSource({
    size: zip.length,
    read: (at, length) => Promise.resolve(zip.subarray(at, at + length)),
    inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
  });
  const { text: policy } = await rina.must<TrustPolicy>("GET", "/api/evidence/trust-policy");
  const checks = await verifyBundle(source, policy, nodeVerifying, (algorithm) => {
    const hash = createHash(algorithm);
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
  });
  expect(checks.filter((one) => !one.ok)).toEqual([]);
  expect(checks.find((one) => one.check.startsWith("permission "))).toMatchObject({ says: "signed by kh" });
}, 120_000);

test("who saw and did what is told with its reasons", async () => {
  const { activity } = await agus.must<{ activity: { kind: string; facts: { because?: string[] } }[] }>(
    "GET",
    `/api/requests/${asked}/activity`,
  );
  const approved = activity.find((one) => one.kind === "request.approved")!;
  expect(approved.facts.because).toContain("policy.request.approved-by-contact-point");
  expect(activity.map((one) => one.kind)).toEqual(
    expect.arrayContaining([
      "request.drafted",
      "request.viewed",
      "answer.arrived",
      "permission.decision-arrived",
    ]),
  );
});
