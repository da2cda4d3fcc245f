// Keys of the desk: a passkey opens it too, who leaves is shut out, a sheet in two halves brings it back by two persons.
import { randomBytes } from "node:crypto";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import { factsKind, randomId, sealEntry } from "./contract.ts";
import type { DeskView } from "./contract.ts";
import { readHalf, split } from "./halves.ts";
import { exercisePassphrase } from "./opening.ts";

let id: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  lestari = await openVictimDesk(id, "lestari");
}, 120_000);

const facts = { names: [{ text: "Ayu EXERCISE", use: "own" as const }] };
const secret = () => randomBytes(32).toString("base64url");

test("a passkey of hers opens the desk too, with the secret it gives for this opener's salt and no other", async () => {
  const given = { credential: "a-credential", salt: secret(), secret: secret() };
  const wrong = { ...given, passphrase: "not her passphrase at all" };
  expect((await maya.person.ask("POST", "/api/victims/desk/passkeys", wrong)).status).toBe(403);
  const add = { ...given, passphrase: exercisePassphrase };
  await maya.person.must("POST", "/api/victims/desk/passkeys", add);
  await maya.person.must("POST", "/api/victims/desk/close");
  const view = await maya.person.must<DeskView>("GET", "/api/victims/desk");
  const opener = view.openers.find(({ how }) => how === "passkey")!;
  expect(opener).toMatchObject({ credential: "a-credential", salt: given.salt });
  const open = (text: string) =>
    maya.person.ask("POST", "/api/victims/desk/open-by-passkey", { opener: opener.id, secret: text });
  expect((await open(secret())).body).toMatchObject({ error: { code: "WRONG_PASSPHRASE" } });
  expect((await open(given.secret)).status).toBe(204);
  expect(await maya.person.must("GET", "/api/victims/desk")).toMatchObject({ state: "open" });
});

test("the key is changed: who leaves is shut out at once, who stays opens, old seals are still read", async () => {
  const before = (await lestari.compartment.sealTo())!;
  const person = await (await lestari.desk()).act((tx) => tx.create(facts));
  const entry = {
    ...{ id: randomId(), person: randomId(), kind: factsKind.kind, at: "2031-03-04T03:00:00.000Z" },
    ...{ by: { node: "id", officer: null, door: "field" as const }, data: facts },
  };
  const late = await sealEntry(before, entry);
  expect((await maya.person.ask("POST", "/api/victims/desk/change-key", { leaving: null })).status).toBe(404);
  await lestari.person.must("POST", "/api/victims/desk/change-key", { leaving: maya.person.id });
  await expect(maya.desk()).rejects.toMatchObject({ code: "DESK_CLOSED" });
  const again = await maya.person.ask("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
  expect(again.body).toMatchObject({ error: { code: "NOT_LET_IN" } });

  expect((await lestari.compartment.sealTo())!.kid).not.toBe(before.kid);
  await lestari.person.must("POST", "/api/victims/left", { sealed: [late] });
  await lestari.person.must("POST", "/api/victims/desk/close");
  lestari = await openVictimDesk(id, "lestari");
  const desk = await lestari.desk();
  expect(desk.person(person)!.facts.names[0]!.text).toBe("Ayu EXERCISE");
  expect(desk.person(entry.person)).not.toBeNull();
});

test("an officer's key that was put into the database by hand gets no desk key, and a changed desk key is noticed", async () => {
  await maya.person.must("POST", "/api/victims/desk/ask", { passphrase: "the words of Maya again" });
  const view = await lestari.person.must<DeskView>("GET", "/api/victims/desk");
  const hers = view.officers.find(({ state }) => state === "waits")!;
  const agree = `/api/victims/desk/officers/${hers.key}/agree`;
  const other = await lestari.person.ask("POST", agree, {
    fingerprint: "00000 00000 00000 00000 00000 00000",
  });
  expect(other.body).toMatchObject({ error: { code: "OTHER_FINGERPRINT" } });
  // The database says that somebody agreed; the desk did not.
  const client = await owner();
  await client.query(
    "update simpul.victim_officer_keys set agreed_by = officer_id, mark = null where id = $1",
    [hers.key],
  );
  await lestari.person.must("POST", "/api/victims/desk/change-key", { leaving: null });
  const { rows } = await client.query("select ended_at from simpul.victim_officer_keys where id = $1", [
    hers.key,
  ]);
  expect((rows[0] as { ended_at: Date | null }).ended_at).not.toBeNull();

  await client.query("update simpul.victim_desk_keys set public_key = $1 where ended_at is null", [
    { kty: "EC", crv: "P-256", x: secret(), y: secret() },
  ]);
  const open = await lestari.person.ask("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
  expect(open.body).toMatchObject({ error: { code: "DESK_KEY_CHANGED" } });
  await client.query("update simpul.victim_desk_keys set public_key = $1 where ended_at is null", [
    lestari.room.memory.secrets[0]!.pair.publicKey,
  ]);
  await client.end();
});

test("both lost their words: the two halves of the sheet, by two officers, let both in again; once", async () => {
  const { halves } = await lestari.person.must<{ halves: [string, string] }>(
    "POST",
    "/api/victims/desk/sheet",
  );
  for (const { person } of [maya, lestari]) {
    await person.must("POST", "/api/victims/desk/close");
    await person.must("POST", "/api/victims/desk/ask", {
      passphrase: "other words than before",
      again: true,
    });
  }
  const enter = (who: VictimDesk, half: string) => who.person.ask("POST", "/api/victims/desk/half", { half });
  expect(
    (
      await enter(
        maya,
        halves[0].replace(/.$/, (one) => (one === "0" ? "1" : "0")),
      )
    ).body,
  ).toMatchObject({
    error: { code: "NOT_A_HALF" },
  });
  expect((await enter(maya, halves[0].toLowerCase())).body).toEqual({ done: false });
  expect((await enter(maya, halves[1])).body).toMatchObject({ error: { code: "OTHER_OFFICER" } });
  expect((await enter(lestari, halves[1])).body).toEqual({ done: true });
  for (const { person } of [maya, lestari])
    await person.must("POST", "/api/victims/desk/open", { passphrase: "other words than before" });
  expect([...(await lestari.desk()).people()].length).toBeGreaterThan(0);
  await enter(maya, halves[0]);
  expect((await enter(lestari, halves[1])).body).toMatchObject({ error: { code: "NOT_A_HALF" } });
});

test("a half alone is chance, and a slip of the pen is found", () => {
  const [one, two] = split(new Uint8Array(32).fill(7), randomBytes(32));
  expect(readHalf(one)!.which).toBe(1);
  expect(readHalf(two.replaceAll(" ", "-"))!.which).toBe(2);
  expect(readHalf(`${one.slice(0, -4)}ZZZZ`)).toBeNull();
});

async function owner() {
  const { default: pg } = await import("pg");
  const client = new pg.Client(id.node.settings.databaseUrl!);
  await client.connect();
  return client;
}
