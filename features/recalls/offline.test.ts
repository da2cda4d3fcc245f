// A node that was away for five days comes back: what was called back meanwhile was readable there at no moment.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { features } from "@simpul/server";
import { nations, type Nation, type Person } from "@simpul/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chosen, draft, prove, recordsOf, until, view } from "../requests/testing.ts";
import {
  answers,
  arrived,
  asks,
  callsBack,
  held,
  heldBy,
  peopleOf,
  recallStands,
  why,
  type People,
} from "../../testing/calling-back.ts";

const day = 86_400_000;
const job = { actor: { kind: "job", name: "test" }, purpose: "mutual-assistance" } as const;

let id: Nation, kh: Nation, ph: Nation;
let people: People;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-offline-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

/** How many envelopes wait for that state, and whether the first has its number. */
async function waiting(at: Nation, peer: string): Promise<{ count: number; numbered: number }> {
  const { rows } = await at.node.store.read(job, (db) =>
    sql<{ count: string; numbered: string }>`select count(*) as count, count(sequence) as numbered
      from simpul.outbox where peer = ${peer} and state = 'waiting'`.execute(db.rows),
  );
  return { count: Number(rows[0]!.count), numbered: Number(rows[0]!.numbered) };
}

/** What happened at this node, in the order in which it was kept. */
async function kept(
  at: Nation,
  kinds: string[],
): Promise<{ kind: string; about: Record<string, unknown> }[]> {
  const { rows } = await at.node.store.read(job, (db) =>
    sql<{ kind: string; about: Record<string, unknown> }>`select kind, record::jsonb -> 'about' as about
      from simpul.leaves where kind = any(${kinds}::text[]) order by id`.execute(db.rows),
  );
  return rows;
}

/** Looks again and again, at whatever shows copies, as long as the other runs; gives how often, and what was seen. */
function watching(look: () => Promise<string[]>): { stop(): Promise<{ looks: number; seen: string[] }> } {
  let going = true;
  let looks = 0;
  const seen = new Set<string>();
  const running = (async () => {
    while (going as boolean) {
      for (const one of await look()) seen.add(one);
      looks++;
    }
  })();
  return {
    async stop() {
      going = false;
      await running;
      return { looks, seen: [...seen] };
    },
  };
}

/** Ids of every copy that this officer can read anywhere, with the version: in lists, in answers, in requests. */
async function readable(who: Person, requests: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const seen = await who.ask<Awaited<ReturnType<typeof view>>>("GET", `/api/requests/${request}`);
    if (seen.status !== 200) continue;
    const { records, items, full } = seen.body;
    const copies = await heldBy(who, request);
    found.push(...[...copies.records, ...copies.items].map((one) => one.id as string));
    for (const part of [{ records, items }, ...full.flatMap((one) => one.answers)])
      found.push(...[...part.records, ...part.items].map((one) => one.id as string));
  }
  return found;
}

test("scenario 3: away for five days and 400 messages, among them recalls; back again, nothing called back was ever readable", async () => {
  const { rina, sreymom } = people;
  const first = await asks(people);
  const second = await asks(people, [first.came], { subject: "EXERCISE: another number" });
  const { selector, subject } = await recordsOf(sreymom, first.theirs.number);
  const [before, later] = [selector!.find((one) => one.type === "phone")!.id, subject![0]!.id];
  const van = selector!.find((one) => one.type === "vehicle")!.id;
  // Held before the line broke, and read then.
  await answers(people, first, { records: [chosen(before, { link: "" }), chosen(van, { link: "" })] });
  await arrived(rina, first.asked);
  expect((await held(rina, first.ours.number)).records.map((one) => one.id)).toContain(before);

  await id.leave();
  // The answer stands numbered and sealed at the head of the line; nothing can be taken out of it any more.
  await answers(people, second, { records: [chosen(later, { link: "" })] });
  await until(
    () => waiting(kh, "id"),
    ({ numbered }) => numbered === 1,
  );
  const status = {
    agency: (await sreymom.must<{ officer: { agency: { id: string } } }>("GET", "/api/access/session"))
      .officer.agency.id,
    thread: first.came,
    state: "in-work",
    clock: (await view(sreymom, first.came)).threads[0]!.clock,
    text: null,
  };
  await kh.node.store.write(job, async (tx) => {
    for (let n = 0; n < 398; n++)
      await tx.send({ id: tx.newId(), to: "id" as never, kind: "request.status", body: status });
    tx.note("test.sent", {});
  });
  const recalls = [
    await callsBack(people, first.came, why("withdraw", [before])),
    await callsBack(people, second.came, why("withdraw", [later])),
  ];
  expect((await waiting(kh, "id")).count).toBeGreaterThan(400);

  for (const nation of [id, kh, ph]) nation.clock.offMs += 5 * day;
  await id.comeBack();
  const [rinaBack, agusBack] = [await id.as("rina"), await id.as("agus")];
  const watch = watching(async () => [
    ...(await readable(rinaBack, [first.asked, second.asked])),
    ...(await readable(agusBack, [first.asked, second.asked])),
  ]);
  // The gap is noticed and pulled, the answer among it, before Cambodia gets to hold it back.
  await id.node.peering.compare("kh" as never);
  await until(
    () => waiting(kh, "id"),
    ({ count }) => count === 0,
    240,
  );
  await recallStands(await kh.as("sophea"), recalls[1]!, ({ tree }) =>
    tree.every((one) => one.takenAt !== null),
  );
  const { looks, seen } = await watch.stop();
  expect(looks).toBeGreaterThan(5);
  // The rest of what came before was there all the time.
  expect(seen).toContain(van);
  expect(seen).not.toContain(before);
  expect(seen).not.toContain(later);

  // The order in which it was kept says the same of the moments between two looks.
  const story = await kept(id, ["recall.in-force", "answer.arrived", "recall.late-copy-closed"]);
  const place = (kind: string, what: string) =>
    story.findIndex((one) => one.kind === kind && Object.values(one.about).includes(what));
  for (const recall of recalls) expect(place("recall.in-force", recall)).toBeGreaterThanOrEqual(0);
  // Cambodia holds the answer back as long as it has not got through; had it got through, it came after its recall.
  const came = place("answer.arrived", second.asked);
  if (came >= 0) expect(came).toBeGreaterThan(place("recall.in-force", recalls[1]!));
  else
    expect((await view(await kh.as("sreymom"), second.came)).full[0]!.answers[0]!.state).toBe("undelivered");
  const copies = await id.node.store.read(job, (db) =>
    sql`select 1 from simpul.received_records where record_id = ${later}
      union all select 1 from simpul.request_answers where shared::text like ${`%${later}%`}`.execute(
      db.rows,
    ),
  );
  expect(copies.rows).toEqual([]);
  // The officers there read why what they had is not there any more.
  const told = await agusBack.must<{ closings: { record: string; kind: string }[] }>(
    "GET",
    `/api/recalls?request=${first.asked}`,
  );
  expect(told.closings).toMatchObject([{ record: before, kind: "withdraw" }]);
}, 400_000);

test("a copy under way through another state when it was called back comes closed, at a state that had nothing yet", async () => {
  people = await peopleOf(id, kh, ph);
  const { sreymom, rina, agus, sophea } = people;
  const third = await asks(people, await known(sophea), { subject: "EXERCISE: a vehicle" });
  const { selector } = await recordsOf(sreymom, third.theirs.number);
  const van = selector!.find((one) => one.type === "vehicle")!.id;
  await answers(people, third, {
    records: [chosen(van, { link: "", grants: { case: true, court: false, recipients: ["ph" as never] } })],
  });
  await arrived(rina, third.asked);
  await ph.leave();
  const what = draft(third.ours.number, ["ph"], { records: [chosen(van)] });
  const { id: asked } = await rina.must<{ id: string }>("POST", "/api/requests", what);
  await rina.must("POST", `/api/requests/${asked}/submit`);
  await prove(agus, "request.approve", asked);
  await agus.must("POST", `/api/requests/${asked}/approve`, { reason: "EXERCISE" });
  const thread = (await view(rina, asked)).threads[0]!.id;
  const { rows: letters } = await id.node.store.read(job, (db) =>
    sql<{ body: object }>`select body from simpul.outbox where body ->> 'thread' = ${thread}`.execute(
      db.rows,
    ),
  );
  const recall = await callsBack(people, third.came, why("withdraw", [van]));
  await recallStands(sophea, recall, ({ tree }) =>
    tree.some((one) => one.holder === "id" && one.takenAt !== null),
  );
  await ph.comeBack();
  // Cambodia told the Philippines itself, because it had permitted Indonesia to pass it on; nothing is there yet.
  await recallStands(sophea, recall, ({ tree }) =>
    tree.some((one) => one.holder === "ph" && one.answeredAt !== null),
  );
  const back = await ph.as("grace");
  // Indonesia's letter as it was when it left: fetched by the Philippines before Indonesia could hold it back, or, where
  // Indonesia was quicker, opened there only now.
  const fetched = (await back.ask("GET", `/api/requests/${thread}`)).status === 200;
  const part = features(ph.node, ph.web.address).peer.find(
    (one) => one.takes?.["request.sent"] !== undefined,
  )!;
  if (!fetched)
    await ph.node.store.write(
      { actor: { kind: "peer", node: id.node.code }, purpose: "mutual-assistance" },
      (tx) =>
        part.takes!["request.sent"]!(tx, {
          from: id.node.code,
          body: letters[0]!.body,
          attachments: [],
        } as never),
    );
  const there = await view(back, thread);
  expect(there.subject).toBe(what.subject);
  expect(there.records).toEqual([]);
  expect((await heldBy(back, thread)).records).toEqual([]);
  const told = await back.must<{ closings: object[] }>("GET", `/api/recalls?request=${thread}`);
  expect(told.closings).toMatchObject([{ record: van, originator: "kh", kind: "withdraw" }]);
}, 240_000);

const known = async (liaison: Pick<Person, "must">): Promise<string[]> =>
  (await liaison.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming")).requests.map(
    (one) => one.id,
  );
