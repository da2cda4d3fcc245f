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
import type { MessageHead, MessageView } from "./contract.ts";

let id: Nation;
let kh: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
let thida: VictimDesk;
beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [maya, lestari] = [await openVictimDesk(id, "maya"), await openVictimDesk(id, "lestari")];
  thida = await openVictimDesk(kh, "thida");
  // Their key travels by itself, signed by their node; here at once.
  await tellDeskKey(referralsNode(kh.node, accessNode(kh.node, kh.web.address), thida.room));
}, 180_000);

const list = async (who: VictimDesk) =>
  (await who.person.must<{ messages: MessageHead[] }>("GET", "/api/distress/messages")).messages;
const soon = <T>(ask: () => Promise<T>) => vi.waitFor(ask, { timeout: 30_000, interval: 250 });
const text = "LATIHAN: gedung biru di Bavet, sembilan orang. Jangan beri tahu polisi setempat.";

test("it reaches the other desk sealed, keeps out there whom the caller named here, and is told when somebody takes it", async () => {
  const call = crypto.randomUUID();
  const said = {
    ...{
      language: "id",
      where: "LATIHAN Bavet, gedung biru",
      danger: "life",
      not: ["police"],
      more: "LATIHAN rahasia",
    },
    call: { caller: "family", phone: "0812 3456 7891", finished: true },
  };
  await maya.person.must("PUT", `/api/distress/calls/${call}`, { token: "t".repeat(22), said });
  const to = { kind: "state", id: "kh" };
  const tell = { to, text, why: "EXERCISE: they are in Cambodia" };
  await soon(() => maya.person.must("POST", `/api/distress/messages/${call}/tell`, tell));
  const of = (await maya.person.must<MessageView>("GET", `/api/distress/messages/${call}`)).tellings.at(
    -1,
  )!.id;
  await soon(async () => {
    await lestari.person.must("POST", "/api/access/step-up/exercise", { act: "distress.tell", record: of });
    await lestari.person.must("POST", `/api/distress/messages/${call}/tell/agree`, { of });
  });
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
  for (const nation of [id, kh]) {
    const client = new pg.Client({ connectionString: nation.node.settings.databaseUrl! });
    await client.connect();
    await client.query("begin");
    for (const table of ["outbox", "received", "distress_messages", "distress_told", "distress_facts"]) {
      await client.query(`alter table if exists simpul.${table} disable row level security`);
      const { rows } = await client
        .query<{ row: string }>(`select t::text as row from simpul.${table} t`)
        .catch(() => ({ rows: [] }));
      for (const { row } of rows) expect(row, table).not.toMatch(/gedung biru|Bavet/);
    }
    await client.query("rollback");
    await client.end();
  }
  await thida.person.must("POST", `/api/distress/messages/${head!.id}/take`, {});
  await soon(async () => {
    const client = new pg.Client({ connectionString: id.node.settings.databaseUrl! });
    await client.connect();
    await client.query("begin");
    await client.query("alter table simpul.distress_told disable row level security");
    const { rows } = await client.query<{ seen_at: Date | null }>(
      "select seen_at from simpul.distress_told where state = 'kh'",
    );
    await client.query("rollback");
    await client.end();
    expect(rows[0]?.seen_at).not.toBeNull();
  });
});

test("a year after the desk last wrote about it a message is gone; one that nobody took stays", async () => {
  const counted = async (nation: Nation) => {
    const client = new pg.Client({ connectionString: nation.node.settings.databaseUrl! });
    await client.connect();
    await client.query("begin");
    const counts: number[] = [];
    for (const table of ["messages", "facts", "told"]) {
      await client.query(`alter table simpul.distress_${table} disable row level security`);
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from simpul.distress_${table}`,
      );
      counts.push(rows[0]!.n);
    }
    await client.query("rollback");
    await client.end();
    return counts;
  };
  const later = async (nation: Nation, days: number) => {
    nation.clock.offMs = days * 86_400_000;
    const gone = await forgetDone(nation.node);
    nation.clock.offMs = 0;
    return gone;
  };
  expect(await later(kh, 364)).toBe(0);
  expect(await later(kh, 366)).toBe(1);
  expect(await counted(kh)).toEqual([0, 0, 0]);
  expect(await later(id, 366)).toBe(0);
  expect((await counted(id))[0]).toBe(1);
});

test("a state that the desk suspects is told nothing", async () => {
  const [head] = await list(maya);
  const why = "EXERCISE: an official there is named";
  await maya.person.must("POST", `/api/distress/messages/${head!.id}/exclude`, {
    who: { kind: "state", id: "kh" },
    why,
  });
  const refused = await maya.person.ask<{ error: { code: string } }>(
    "POST",
    `/api/distress/messages/${head!.id}/tell`,
    { to: { kind: "state", id: "kh" }, text, why },
  );
  expect(refused.body.error.code).toBe("EXCLUDED");
});
