// Drafts of requests and answers: two officers at one draft lose nothing, and what carries no terms takes its own tick.
import { nations, type Nation, type Person } from "@simpul/testing";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import type { CaseHead } from "../cases/contract.ts";
import type { AskDraft, Saved } from "./contract.ts";
import { jobStanding } from "./node.ts";
import { answer, arrival, ask, caseNamed, chosen, draft, recordsOf, stands, view } from "./testing.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person;
let ours: CaseHead;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, sophea] = [await id.as("rina"), await id.as("agus"), await kh.as("sophea")];
  ours = await caseNamed(rina, "pembayar tiket");
}, 120_000);

const made = async (what: AskDraft): Promise<string> =>
  (await rina.must<{ id: string }>("POST", "/api/requests", what)).id;

test("scenario 8: two officers edit the same field offline: both values shown, none lost", async () => {
  const [sari, colleague] = [await id.as("sari"), await id.as("bima")];
  const opened = { title: "EXERCISE: the driver", crimeType: "trafficking-forced-criminality" };
  const base = draft((await sari.must<CaseHead>("POST", "/api/cases", opened)).number, ["kh"]);
  const { id: one } = await sari.must<{ id: string }>("POST", "/api/requests", base);
  const where = `/api/requests/${one}`;
  const hers = { ...base, subject: "EXERCISE: the driver", whyThere: "EXERCISE: seen in Bavet" };
  await colleague.must("PUT", where, { ...hers, version: 1, changed: ["subject", "whyThere"] });
  const mine = { ...base, subject: "EXERCISE: the recruiter", restrictions: "EXERCISE: quietly" };
  const saved = await sari.must<Saved<AskDraft>>("PUT", where, {
    ...mine,
    version: 1,
    changed: ["subject", "restrictions"],
  });
  // What only one of them changed stands; what both changed waits, in both wordings.
  expect(saved).toMatchObject({
    version: 3,
    draft: { subject: hers.subject, whyThere: hers.whyThere, restrictions: mine.restrictions },
    beside: [{ field: "subject", value: mine.subject, by: sari.id }],
  });
  expect((await view(colleague, one)).beside).toHaveLength(1);
  expect(await sari.ask("POST", `${where}/submit`)).toMatchObject({
    body: { error: { code: "INCOMPLETE", facts: { missing: "beside" } } },
  });
  const { id: waiting } = saved.beside![0]!;
  const taken = await colleague.must<Saved<AskDraft>>("POST", `${where}/beside`, {
    beside: waiting,
    take: true,
  });
  expect(taken).toMatchObject({ version: 4, draft: { subject: mine.subject }, beside: [] });
  const { rows } = await id.node.store.read(jobStanding("test"), (db) =>
    sql<{ kept: number }>`select count(*)::int as kept from simpul.request_beside`.execute(db.rows),
  );
  // Row security: no job reads what officers wrote beside each other; the one not taken stays all the same.
  expect(rows[0]!.kept).toBe(0);
  expect((await sari.ask("POST", `${where}/beside`, { beside: waiting, take: true })).status).toBe(404);
  await sari.must("POST", `${where}/submit`);
});

test("the same words saved again while they wait stand beside once, and a save without its fields is refused", async () => {
  const base = draft(ours.number, ["kh"]);
  const one = await made(base);
  const where = `/api/requests/${one}`;
  await rina.must("PUT", where, { ...base, subject: "EXERCISE: a", version: 1 });
  const late = { ...base, subject: "EXERCISE: b", version: 1 };
  expect(await rina.ask("PUT", where, late)).toMatchObject({
    status: 409,
    body: { error: { code: "NEWER_DRAFT", facts: { version: 2 } } },
  });
  await rina.must("PUT", where, { ...late, changed: ["subject"] });
  const again = await rina.must<Saved<AskDraft>>("PUT", where, { ...late, changed: ["subject"] });
  expect(again.beside).toHaveLength(1);
});

test("an answer is written by two officers in the same way", async () => {
  const asked = await ask(rina, agus, draft(ours.number, ["kh"]));
  await stands(rina, asked, "delivered");
  const came = await arrival(sophea);
  const where = `/api/requests/${came}/answer`;
  const text = (words: string) => [{ ...answer().narrative[0]!, text: words }];
  await sophea.must("PUT", where, answer());
  await sophea.must("PUT", where, answer({ narrative: text("EXERCISE: one") }));
  const saved = await sophea.must<Saved<unknown>>("PUT", where, {
    ...answer({ narrative: text("EXERCISE: two") }),
    version: 1,
    changed: ["narrative"],
  });
  expect(saved.beside).toMatchObject([{ field: "narrative" }]);
  expect((await view(sophea, came)).answer!.narrative[0]!.text).toBe("EXERCISE: one");
  expect((await sophea.ask("POST", `${where}/submit`)).status).toBe(422);
  const choice = { beside: saved.beside![0]!.id, take: false };
  await sophea.must("POST", `/api/requests/${came}/beside`, choice);
  await sophea.must("POST", `${where}/submit`);
});

test("H0 in a request takes a tick of its own, and the tick does not leave the house", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const phone = selector!.find((one) => one.role === "facilitator")!;
  const open = draft(ours.number, ["kh"], { records: [chosen(phone.id, { handling: { codes: ["H0"] } })] });
  expect(await rina.ask("POST", "/api/requests", open)).toMatchObject({
    status: 422,
    body: { error: { code: "CONFIRM_H0" } },
  });
  const whole = draft(ours.number, ["kh"], { handling: { codes: ["H0"] } });
  expect(await rina.ask("POST", "/api/requests", whole)).toMatchObject({
    body: { error: { code: "CONFIRM_H0" } },
  });
  const known = await sophea.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming");
  const sent = await ask(rina, agus, { ...open, confirmH0: true });
  await stands(rina, sent, "delivered");
  const came = await arrival(
    sophea,
    known.requests.map((one) => one.id),
  );
  const seen = await view(sophea, came);
  expect(seen.records[0]!.handling).toEqual({ codes: ["H0"] });
  expect(JSON.stringify(seen.draft)).not.toContain("confirmH0");
});

test("every act of an officer on requests and checks names the rule that allowed it", async () => {
  for (const nation of [id, kh]) {
    const { rows } = await nation.node.store.read(jobStanding("test"), (db) =>
      sql<{ kind: string; record: string }>`select kind, record from simpul.leaves
        where log = 'main' and actor like 'officer:%' and kind ~ '^(request|answer|permission|check)\\.'`.execute(
        db.rows,
      ),
    );
    expect(rows.length).toBeGreaterThan(0);
    const unnamed = rows.filter(({ record }) => {
      const { about } = JSON.parse(record) as { about: { because?: string[] } };
      return (about.because ?? []).length === 0;
    });
    expect(unnamed.map((row) => row.kind)).toEqual([]);
  }
});
