// From one state's victim desk to another's: sealed to their desk, by two officers, and their word that somebody took it.
import { nations } from "@simpul/testing";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test, vi } from "vitest";
import { accessNode } from "@simpul/server";
import pg from "pg";
import { referralsNode } from "../../apps/server/referrals.ts";
import { tellDeskKey } from "../referrals/desk-keys/keys.ts";
import type { Nation } from "@simpul/testing";
import type { VictimDesk } from "@simpul/testing/victim-desk";
import { forgetDone } from "./forget.ts";
import type { CalledBack, MessageHead, MessageView } from "./contract.ts";

let id: Nation;
let kh: Nation;
let ph: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
let thida: VictimDesk;
let sreypov: VictimDesk;
let marites: VictimDesk;
beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [maya, lestari] = [await openVictimDesk(id, "maya"), await openVictimDesk(id, "lestari")];
  [thida, sreypov] = [await openVictimDesk(kh, "thida"), await openVictimDesk(kh, "sreypov")];
  marites = await openVictimDesk(ph, "marites");
  // Their keys travel by themselves, signed by their nodes; here at once.
  for (const [of, desk] of [
    [kh, thida],
    [ph, marites],
  ] as const)
    await tellDeskKey(referralsNode(of.node, accessNode(of.node, of.web.address), desk.room));
}, 180_000);

const list = async (who: VictimDesk) =>
  (await who.person.must<{ messages: MessageHead[] }>("GET", "/api/distress/messages")).messages;
const soon = <T>(ask: () => Promise<T>) => vi.waitFor(ask, { timeout: 30_000, interval: 250 });
const text = "LATIHAN: gedung biru di Bavet, sembilan orang. Jangan beri tahu polisi setempat.";

const family = { caller: "family", phone: "0812 3456 7891", finished: true };
/** A call at our desk, told to Cambodia by two officers; gives its id here. */
async function passedOn(said: object, text: string): Promise<string> {
  const call = crypto.randomUUID();
  await maya.person.must("PUT", `/api/distress/calls/${call}`, {
    token: "t".repeat(22),
    said: { ...said, call: family },
  });
  const tell = { to: { kind: "state", id: "kh" }, text, why: "EXERCISE: they are in Cambodia" };
  await soon(() => maya.person.must("POST", `/api/distress/messages/${call}/tell`, tell));
  const of = (await view(maya, call)).tellings.at(-1)!.id;
  await soon(async () => {
    await lestari.person.must("POST", "/api/access/step-up/exercise", { act: "distress.tell", record: of });
    await lestari.person.must("POST", `/api/distress/messages/${call}/tell/agree`, { of });
  });
  return call;
}
/** Two officers of Cambodia tell somebody of what Indonesia had told them. */
async function tellOn(message: string, to: object): Promise<void> {
  const onward = { to, text: "EXERCISE: keep a bed free tonight", why: "EXERCISE: a bed is needed" };
  await sreypov.person.must("POST", `/api/distress/messages/${message}/tell`, onward);
  const of = (await view(thida, message)).tellings.at(-1)!.id;
  await thida.person.must("POST", "/api/access/step-up/exercise", { act: "distress.tell", record: of });
  await thida.person.must("POST", `/api/distress/messages/${message}/tell/agree`, { of });
}
const view = (who: VictimDesk, id: string) =>
  who.person.must<MessageView>("GET", `/api/distress/messages/${id}`);

test("it reaches the other desk sealed, keeps out there whom the caller named here, and is told when somebody takes it", async () => {
  const said = {
    ...{
      language: "id",
      where: "LATIHAN Bavet, gedung biru",
      danger: "life",
      not: ["police"],
      more: "LATIHAN rahasia",
    },
  };
  await passedOn(said, text);
  await soon(async () => expect(await list(thida)).toHaveLength(1));
  const [head] = await list(thida);
  expect(head).toMatchObject({ via: "state", from: "id", danger: "life", state: "waits" });
  const there = await thida.person.must<MessageView>("GET", `/api/distress/messages/${head!.id}`);
  expect(there.said[0]!.from).toMatchObject({ state: "id", told: text });
  // Not the call itself, nor the way back to the caller.
  expect(JSON.stringify(there)).not.toMatch(/rahasia|0812/);
  expect(there.mayAnswer).toBe(false);
  expect(there.recipients.filter((one) => one.agencyKind === "police")[0]!.keptOut).toEqual({
    by: "caller",
    word: "police",
  });
  // On neither node does a table hold it in clear.
  for (const nation of [id, kh])
    for (const table of ["outbox", "received", "distress_messages", "distress_told", "distress_facts"])
      for (const row of await rowsOf(nation, table))
        expect(JSON.stringify(row), table).not.toMatch(/gedung biru|Bavet/);
  await thida.person.must("POST", `/api/distress/messages/${head!.id}/take`, {});
  await soon(async () => {
    const told = await rowsOf<{ state: string; seen_at: Date | null }>(id, "distress_told");
    expect(told.find((one) => one.state === "kh")?.seen_at).toBeInstanceOf(Date);
  });
});

const later = async (nation: Nation, days: number) => {
  nation.clock.offMs = days * 86_400_000;
  const gone = await forgetDone(nation.node);
  nation.clock.offMs = 0;
  return gone;
};

test("a year after the desk last wrote about it a message is gone; one that nobody took stays", async () => {
  const counted = (nation: Nation) =>
    Promise.all(
      ["messages", "facts", "told"].map(async (table) => (await rowsOf(nation, `distress_${table}`)).length),
    );
  expect(await later(kh, 364)).toBe(0);
  expect(await later(kh, 366)).toBe(1);
  expect(await counted(kh)).toEqual([0, 0, 0]);
  expect(await later(id, 366)).toBe(0);
  expect((await counted(id))[0]).toBe(1);
});

test("a state that becomes suspected has it called back: gone there, with whom it told, and it says so; then it is told nothing", async () => {
  const call = await passedOn({ language: "id", where: "LATIHAN Poipet", danger: "hurt" }, text);
  await soon(async () => expect(await list(thida)).toHaveLength(1));
  const [head] = await list(thida);
  await thida.person.must("POST", `/api/distress/messages/${head!.id}/take`, {});
  // Told on to a desk of that state, unsealed: it goes too.
  const [desk] = (await view(thida, head!.id)).recipients.filter((one) => one.keptOut === null);
  await tellOn(head!.id, desk!.to);
  expect(await rowsOf(kh, "distress_told")).toMatchObject([{ withdrawn_at: null }]);

  const why = "EXERCISE: an official there is named";
  await maya.person.must("POST", `/api/distress/messages/${call}/exclude`, {
    who: { kind: "state", id: "kh" },
    why,
  });
  await soon(async () => expect(await list(thida)).toEqual([]));
  expect((await thida.person.ask("GET", `/api/distress/messages/${head!.id}`)).status).toBe(404);
  const { calledBack } = await thida.person.must<{ calledBack: CalledBack[] }>(
    "GET",
    "/api/distress/messages",
  );
  expect(calledBack.map((one) => one.state)).toEqual(["id"]);
  expect(await rowsOf(kh, "distress_told")).toMatchObject([{ withdrawn_at: expect.any(Date) as Date }]);
  await soon(async () =>
    expect((await view(maya, call)).tellings[0]!.calledBack?.gone).toMatchObject({ taken: true, onward: [] }),
  );
  const refused = await maya.person.ask<{ error: { code: string } }>(
    "POST",
    `/api/distress/messages/${call}/tell`,
    { to: { kind: "state", id: "kh" }, text, why },
  );
  expect(refused.body.error.code).toBe("EXCLUDED");
});

test("what was told on is called back from a third state also when both messages were forgotten on the way", async () => {
  const call = await passedOn({ language: "id", where: "LATIHAN Kampot", danger: "hurt" }, text);
  await soon(async () => expect(await list(thida)).toHaveLength(1));
  const [head] = await list(thida);
  await thida.person.must("POST", `/api/distress/messages/${head!.id}/take`, {});
  await soon(() => tellOn(head!.id, { kind: "state", id: "ph" }));
  await soon(async () => expect(await list(marites)).toMatchObject([{ via: "state", from: "kh" }]));
  for (const nation of [id, kh]) await later(nation, 366);
  expect(await rowsOf(kh, "distress_messages")).toEqual([]);
  // Left of it: to whom, under a random id; neither words nor who told it.
  const bare = { desk_id: null, text: null, given_by: null, agreed_by: null, seen_at: null };
  expect(await rowsOf(kh, "distress_told")).toMatchObject([{ ...bare, state: "ph" }]);

  await maya.person.must("POST", `/api/distress/messages/${call}/exclude`, {
    ...{ who: { kind: "state", id: "kh" }, why: "EXERCISE: an official there is named" },
  });
  await soon(async () => expect(await rowsOf(ph, "distress_messages")).toEqual([]));
  await soon(async () =>
    expect((await view(maya, call)).tellings[0]!.calledBack?.gone).toMatchObject({
      ...{ taken: true, onward: ["ph"], waits: [] },
    }),
  );
  // A year after it is gone everywhere nothing stands of it; what nobody answers for goes after ten.
  await later(kh, 366);
  expect(await rowsOf(kh, "distress_told")).toEqual([]);
  await later(id, 3_651);
  expect(await rowsOf(id, "distress_told")).toEqual([]);
});

test("what went on to a third state is called back from there too; whoever called it back sees when the last one has let it go", async () => {
  const call = await passedOn({ language: "id", where: "LATIHAN Koh Kong", danger: "hurt" }, text);
  await soon(async () => expect(await list(thida)).toHaveLength(1));
  const [head] = await list(thida);
  await thida.person.must("POST", `/api/distress/messages/${head!.id}/take`, {});
  await soon(() => tellOn(head!.id, { kind: "state", id: "ph" }));
  await soon(async () => expect(await list(marites)).toMatchObject([{ via: "state", from: "kh" }]));
  const back = async () => (await view(maya, call)).tellings[0]!.calledBack?.gone;
  await ph.leave();
  await maya.person.must("POST", `/api/distress/messages/${call}/exclude`, {
    ...{ who: { kind: "state", id: "kh" }, why: "EXERCISE: an official there is named" },
  });
  // Gone in Cambodia; the Philippines are away and have not said so.
  await soon(async () => expect(await back()).toMatchObject({ onward: ["ph"], waits: ["ph"] }));
  expect(await list(thida)).toEqual([]);
  await ph.comeBack();
  await soon(async () => expect(await back()).toMatchObject({ taken: true, onward: ["ph"], waits: [] }));
  expect(await rowsOf(ph, "distress_messages")).toEqual([]);
});

test("what waits on the line when it is called back does not leave; the other state answers that it has nothing", async () => {
  await kh.leave();
  const call = await passedOn({ language: "id", where: "LATIHAN Sihanoukville" }, text);
  const why = "EXERCISE: an official there is named";
  await maya.person.must("POST", `/api/distress/messages/${call}/exclude`, {
    who: { kind: "state", id: "kh" },
    why,
  });
  expect((await view(maya, call)).tellings[0]!.calledBack).toMatchObject({ gone: null });
  await kh.comeBack();
  await soon(async () =>
    expect((await view(maya, call)).tellings[0]!.calledBack?.gone).toMatchObject({ taken: false }),
  );
  expect(await rowsOf(kh, "distress_messages")).toEqual([]);
});

/** What a table keeps, past row security. */
async function rowsOf<Row extends object>(nation: Nation, table: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: nation.node.settings.databaseUrl! });
  await client.connect();
  await client.query("begin");
  await client.query(`alter table simpul.${table} disable row level security`);
  const { rows } = await client.query<Row>(`select * from simpul.${table}`);
  await client.query("rollback");
  await client.end();
  return rows;
}
