// Phones in the field at their node: enrolled by whoever identifies, proven by their key, never doubling, wiped on order.
import { createHash, type webcrypto } from "node:crypto";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { factsKind, randomId, sealEntry, type LeftEntry } from "../victims/contract.ts";
import { metKind, type Contact, type Enrolled, type Phone, type SealedEntry } from "./contract.ts";
import { contactMessage } from "./rules.ts";

let id: Nation;
let maya: VictimDesk;
let rina: Person;

interface Device {
  enrolled: Enrolled;
  key: webcrypto.CryptoKey;
}
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  rina = await id.as("rina");
  await rina.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
}, 120_000);

async function phoneOf(person: Person, name: string): Promise<Device> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const enrolled = await person.must<Enrolled>("POST", "/api/field/phones", {
    name,
    key: { kty, crv, x, y },
  });
  return { enrolled, key: pair.privateKey };
}

/** As the phone sends it; `change` is what somebody between would do to it. */
async function contact(
  { enrolled, key }: Device,
  entries: SealedEntry[],
  more: { wiped?: true } = {},
  change = (body: string) => body,
): Promise<{ status: number; body: Contact & { error?: { code: string } } }> {
  const at = new Date().toISOString();
  const body = JSON.stringify({ phone: enrolled.id, at, entries, ...more });
  const hash = createHash("sha256").update(body).digest("hex");
  const message = new Uint8Array(contactMessage(enrolled.id, at, hash));
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, message);
  const answer = await fetch(`${id.web.address}/api/field/contact`, {
    method: "POST",
    headers: {
      ...{ origin: id.web.address, "content-type": "application/json" },
      "x-simpul-phone": Buffer.from(signature).toString("base64url"),
    },
    body: change(body),
  });
  return { status: answer.status, body: (await answer.json()) as never };
}

async function screened(device: Device, name: string, person = randomId()): Promise<SealedEntry> {
  const entry: LeftEntry = {
    ...{ id: randomId(), person, kind: factsKind.kind, at: new Date().toISOString() },
    by: { node: "id", officer: device.enrolled.officer.id, door: "field" },
    data: { names: [{ text: name, use: "own" }] },
  };
  return sealEntry(device.enrolled.sealTo, entry);
}
const listed = async (person: Person): Promise<Phone[]> =>
  (await person.must<{ phones: Phone[] }>("GET", "/api/field/phones")).phones;

test("whoever identifies victims sets up a phone; for every other purpose and role there is none", async () => {
  const sari = await id.as("sari");
  expect((await sari.ask("GET", "/api/field/phones")).body).toMatchObject({
    error: { code: "NOT_FOR_THIS_PURPOSE" },
  });
  for (const key of ["tono", "hendra", "ratna"])
    expect((await (await id.as(key)).ask("GET", "/api/field/phones")).status, key).toBe(404);
  const phone = await phoneOf(rina, "Border team 2");
  expect(phone.enrolled).toMatchObject({ node: { code: "id", exercise: true }, terms: { attempts: 5 } });
  expect(await listed(rina)).toMatchObject([{ name: "Border team 2", left: 0, revoked: null }]);
  // The desk sees all of them, another officer none of hers.
  expect((await listed(maya.person)).map((one) => one.name)).toContain("Border team 2");
  const yusuf = await id.as("yusuf");
  await yusuf.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  expect(await listed(yusuf)).toEqual([]);
  expect((await yusuf.ask("POST", `/api/field/phones/${phone.enrolled.id}/revoke`)).status).toBe(404);
  const bad = { name: "x", key: { kty: "EC", crv: "P-256", x: "A", y: "A" } };
  expect((await rina.ask("POST", "/api/field/phones", bad)).status).toBe(422);
});

test("two teams without a line screen one person: both are kept, and nothing sent twice is doubled", async () => {
  const [one, two] = [await phoneOf(rina, "Team one"), await phoneOf(rina, "Team two")];
  const person = randomId();
  const batch = [await screened(one, "Nurul EXERCISE", person), await screened(one, "Budi EXERCISE")];
  expect((await contact(one, batch)).body).toMatchObject({
    taken: batch.map((entry) => entry.id),
    known: [],
    wipe: false,
  });
  // The line broke before the answer came: the phone sends the same again.
  expect((await contact(one, batch)).body).toMatchObject({
    taken: [],
    known: batch.map((entry) => entry.id),
  });
  const other = await screened(two, "Noor EXERCISE", person);
  expect((await contact(two, [other])).body.taken).toEqual([other.id]);
  const her = (await maya.desk()).person(person)!;
  expect(her.entries.map((entry) => (entry.data as { names: { text: string }[] }).names[0]!.text)).toEqual(
    expect.arrayContaining(["Nurul EXERCISE", "Noor EXERCISE"]),
  );
  expect(her.entries).toHaveLength(2);
  expect((await listed(rina)).find(({ name }) => name === "Team one")).toMatchObject({ left: 2 });
});

test("what is changed on its way, or signed by another phone, is not taken; one phone cannot flood the desk", async () => {
  const [one, two] = [await phoneOf(rina, "Team three"), await phoneOf(rina, "Team four")];
  const entry = await screened(one, "Melati EXERCISE");
  const changed = await contact(one, [entry], {}, (body) => body.replace(entry.person, randomId()));
  expect(changed).toMatchObject({ status: 403, body: { error: { code: "PHONE_NOT_PROVEN" } } });
  const borrowed = await contact({ ...one, key: two.key }, [entry]);
  expect(borrowed.body.error?.code).toBe("PHONE_NOT_PROVEN");
  const stranger = await contact({ ...one, enrolled: { ...one.enrolled, id: randomId() } }, [entry]);
  expect(stranger.body.error?.code).toBe("PHONE_NOT_PROVEN");
  const job = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
  const today = (left: number) =>
    id.node.store.write(job, async (tx) => {
      await sql`update simpul.field_phones set today = (now() at time zone 'utc')::date, today_left = ${left}
        where id = ${one.enrolled.id}`.execute(tx.rows);
      tx.note("field.contact", { id: one.enrolled.id });
    });
  await today(2000);
  expect((await contact(one, [entry])).body.error?.code).toBe("TOO_MUCH_TODAY");
  await today(0);
  expect((await maya.desk()).person(entry.person)).toBeNull();
  expect((await contact(one, [entry])).body.taken).toEqual([entry.id]);
});

test("a revoked phone hands over what is sealed, is ordered to destroy the rest, and says that it did", async () => {
  const yusuf = await id.as("yusuf");
  await yusuf.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  const lost = await phoneOf(yusuf, "Lost at the market");
  await maya.person.must("POST", `/api/field/phones/${lost.enrolled.id}/revoke`);
  expect((await maya.person.ask("POST", `/api/field/phones/${lost.enrolled.id}/revoke`)).body).toMatchObject({
    error: { code: "PHONE_REVOKED_ALREADY" },
  });
  const entry = await screened(lost, "Dewi EXERCISE");
  expect((await contact(lost, [entry])).body).toMatchObject({ taken: [entry.id], wipe: true });
  expect((await contact(lost, [], { wiped: true })).body.wipe).toBe(true);
  const [shown] = (await listed(maya.person)).filter((phone) => phone.id === lost.enrolled.id);
  expect(shown).toMatchObject({ revoked: { after: 1, wiped: expect.any(String) as never }, may: [] });
});

test("no row tells who was screened by whom or when: hours, counts and ids that say nothing", async () => {
  const job = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
  const rows = await id.node.store.read(job, async (db) => {
    const phones = await sql<{
      last_contact: Date;
    }>`select * from simpul.field_phones where entries_left > 0`.execute(db.rows);
    const leaves = await sql<{
      record: string;
    }>`select record from simpul.leaves where record like '%field.%'`.execute(db.rows);
    return { phones: phones.rows, leaves: leaves.rows.map((one) => one.record).join() };
  });
  for (const phone of rows.phones) expect(phone.last_contact.getMinutes()).toBe(0);
  expect(JSON.stringify(rows)).not.toMatch(/Nurul|Noor|Budi|Dewi/);
  expect(metKind.schema.safeParse({ wristband: null, began: "yesterday", phone: randomId() }).success).toBe(
    false,
  );
});
