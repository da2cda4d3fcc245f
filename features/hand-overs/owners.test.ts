// One owner at every moment: what crosses, comes twice, comes late, is forged, or is killed halfway, on both sides.
import { EnvelopeRefused, type Envelope, type Outgoing, type Receipt } from "@simpul/exchange";
import { Evaluation, Id } from "@simpul/model";
import { systemClock, systemRandom } from "@simpul/store/keys";
import type { Nation, Person } from "@simpul/testing";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import type { SessionView } from "../access/contract.ts";
import { backAgain, closeHanded } from "../cases/handed.ts";
import { versionOf } from "../requests/grants.ts";
import { jobStanding, rowOf, sign } from "./node.ts";
import { handOversPart } from "./peer.ts";
import { digestOf } from "./wire.ts";
import {
  acceptedBy,
  asked,
  cameIn,
  caseOf,
  look,
  newCase,
  offered,
  stands,
  twoStates,
  until,
  roomOf,
} from "../../testing/hand-overs.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person, sreymom: Person;
let desk: string;

beforeAll(async () => {
  ({ id, kh, rina, agus, sophea, sreymom, desk } = await twoStates());
}, 120_000);

const newId = (): Id => Id.make({ clock: systemClock, random: systemRandom });

/** Gives what another state's envelope would do here: `taken`, or its refusal. */
async function arrives(at: Nation, from: string, type: string, body: object, fails = false): Promise<string> {
  const room = roomOf(at);
  const envelope = { from, to: room.code, type, id: newId(), attachments: [], body } as unknown as Envelope;
  const take = handOversPart(room).takes![type]!;
  return at.node.store
    .write({ actor: { kind: "peer", node: envelope.from }, purpose: "mutual-assistance" }, async (tx) => {
      await take(tx, envelope);
      if (fails) throw new Error("killed");
    })
    .then(
      () => "taken",
      (fault: unknown) => (fault instanceof EnvelopeRefused ? fault.code : (fault as Error).message),
    );
}
const row = (of: Nation, handing: string) =>
  of.node.store.read(jobStanding, (db) => rowOf(db, Id.parse(handing)));
const agency = newId();
const said = (handing: string, step: string, more: object = {}) => ({
  ...{
    agency,
    handOver: handing,
    step,
    code: null,
    text: "",
    desk: "",
    lead: "",
    accepted: null,
    handed: null,
  },
  ...more,
});

test("an acceptance that crosses the taking back finds it taken back, on both sides", async () => {
  const made = await newCase(rina);
  const handing = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, handing);
  const { offered: statement } = await row(kh, handing);
  await rina.must("POST", `/api/hand-overs/${handing}/take-back`, { text: "" });
  const says = {
    v: 1,
    handOver: handing,
    by: "kh",
    at: new Date().toISOString(),
    offered: digestOf(statement!),
  };
  const accepted = await sign(roomOf(kh), "accepted", says);
  expect(await arrives(id, "kh", "hand-over.said", said(handing, "accepted", { accepted }))).toBe("taken");
  expect(await look(rina, handing)).toMatchObject({ state: "taken-back", signed: { handed: false } });
  expect((await caseOf(rina, made.number)).handed).toEqual([]);
  await stands(sophea, handing, "taken-back");
  // Signed by somebody else, or about another offer, it is no acceptance at all.
  const forged = await sign(roomOf(id), "accepted", says);
  const other = await sign(roomOf(kh), "accepted", { ...says, offered: digestOf("another") });
  for (const one of [forged, other, null])
    expect(await arrives(id, "kh", "hand-over.said", said(handing, "accepted", { accepted: one }))).toBe(
      "BAD_BODY",
    );
});

test("what nobody accepted, something else, or a victim is not taken over; killed halfway it is taken once", async () => {
  const ours = roomOf(id);
  const suspect: Record<string, unknown> & { fields: object } = {
    ...{
      id: newId(),
      kind: "subject" as const,
      originator: "id",
      link: "",
      grants: [],
      evaluation: Evaluation.none,
    },
    handling: { codes: ["H1", "H2"] },
    fields: {
      kind: "person",
      role: "suspect",
      names: [{ text: "Pak Exercise", language: "id" }],
      pseudonym: null,
      birth: null,
      nationalities: [],
    },
  };
  const victim = {
    ...suspect,
    id: newId(),
    fields: { ...suspect.fields, role: "victim", names: [], pseudonym: "V-1" },
  };
  const versioned = (one: object) => ({ ...one, version: versionOf(one as never) });
  const texts = [[suspect], [suspect, victim]].map((records) =>
    JSON.stringify({ records: records.map(versioned), items: [] }),
  );
  const offer = {
    ...{
      case: "ID-2031-000999",
      title: "EXERCISE",
      crimeType: "trafficking-forced-criminality",
      covert: false,
    },
    ...{
      whole: true,
      summary: "EXERCISE",
      language: "en",
      reason: "agreed-lead",
      reasonText: "",
      legalBasis: "untoc-21",
    },
    ...{
      legalBasisText: "",
      after: "EXERCISE",
      remains: "",
      goes: [],
      handling: suspect["handling"],
      stays: [],
      counted: true,
    },
  };
  // The line rests, so that Indonesia's node does not answer what it never offered.
  await id.leave();
  const handings: [string, string][] = [];
  for (const text of texts) {
    const handing = newId();
    const at = new Date();
    const offeredBy = await sign(ours, "offered", {
      ...{
        v: 1,
        handOver: handing,
        from: "id",
        to: "kh",
        reference: `ID-KH-H2031-00000${String(handings.length)}`,
        offer,
      },
      ...{
        at: at.toISOString(),
        due: new Date(at.getTime() + 86_400_000).toISOString(),
        content: digestOf(text),
      },
    });
    const sent = { agency, handOver: handing, offered: offeredBy };
    expect(await arrives(kh, "id", "hand-over.offered", { ...sent, handOver: newId() })).toBe("BAD_BODY");
    expect(await arrives(kh, "id", "hand-over.offered", sent)).toBe("taken");
    expect(await arrives(kh, "id", "hand-over.offered", sent)).toBe("taken");
    handings.push([handing, text]);
  }
  const handedBy = async (handing: string, content: string) => {
    const { accepted } = await row(kh, handing);
    const says = {
      v: 1,
      handOver: handing,
      by: "id",
      at: new Date().toISOString(),
      accepted: digestOf(accepted ?? "none"),
    };
    return { agency, handOver: handing, handed: await sign(ours, "handed", says), content, proofs: [] };
  };
  const [[first, good], [second, bad]] = handings as [[string, string], [string, string]];
  expect(await arrives(kh, "id", "hand-over.handed", await handedBy(first, good))).toBe("NOT_ALLOWED");
  await acceptedBy(sophea, first, desk, sreymom.id);
  await acceptedBy(sophea, second, desk, sreymom.id);
  expect(await look(sophea, first)).toMatchObject({ state: "accepting", case: null });
  expect(await arrives(kh, "id", "hand-over.handed", await handedBy(first, bad))).toBe("BAD_BODY");
  expect(await arrives(kh, "id", "hand-over.handed", await handedBy(second, bad))).toBe("NOT_ALLOWED");
  const right = await handedBy(first, good);
  expect(await arrives(kh, "id", "hand-over.handed", right, true)).toBe("killed");
  expect(await look(sophea, first)).toMatchObject({ state: "accepting", case: null, lines: null });
  expect(await arrives(kh, "id", "hand-over.handed", right)).toBe("taken");
  const opened = await until(
    () => look(sreymom, first),
    (seen) => seen.case !== null,
  );
  expect(await arrives(kh, "id", "hand-over.handed", right)).toBe("taken");
  // Its former owner takes nothing back any more.
  expect(await arrives(kh, "id", "hand-over.said", said(first, "taken-back"))).toBe("taken");
  expect(await look(sreymom, first)).toMatchObject({ state: "handed", case: opened.case });
  // Taken back before it came: the late copy opens nothing.
  const never = newId();
  expect(await arrives(kh, "id", "hand-over.said", said(never, "taken-back"))).toBe("taken");
  expect(await row(kh, never)).toMatchObject({ state: "taken-back", offer: null });
  await id.comeBack();
  [rina, agus] = [await id.as("rina"), await id.as("agus")];
  // Indonesia's node never offered these: it knows of no such acceptance, and Cambodia hears so.
  await stands(sophea, second, "returned");
  await stands(sophea, first, "handed");
});

test("killed in the middle of an acceptance nothing has happened; two that cross end with one owner each", async () => {
  const made = await newCase(rina);
  const theirs = await newCase(sreymom, "EXERCISE: ticket payer over there");
  const [there, back] = await Promise.all([
    offered(rina, agus, asked(made.number, "kh")),
    offered(sreymom, sophea, asked(theirs.number, "id")),
  ]);
  await Promise.all([cameIn(sophea, there), cameIn(agus, back)]);
  const accepted = await sign(roomOf(kh), "accepted", {
    ...{ v: 1, handOver: there, by: "kh", at: new Date().toISOString() },
    offered: digestOf((await row(kh, there)).offered!),
  });
  expect(await arrives(id, "kh", "hand-over.said", said(there, "accepted", { accepted }), true)).toBe(
    "killed",
  );
  expect((await caseOf(rina, made.number)).handed).toEqual([]);
  const home = (await rina.must<SessionView>("GET", "/api/access/session")).officer.desk.id;
  await Promise.all([acceptedBy(sophea, there, desk, sreymom.id), acceptedBy(agus, back, home, rina.id)]);
  for (const [who, handing] of [
    [sreymom, there],
    [rina, back],
  ] as const) {
    const seen = await until(
      () => look(who, handing),
      (one) => one.case !== null,
    );
    expect(seen).toMatchObject({ state: "handed", ours: false });
  }
  const owners = async (of: Nation, number: string) => {
    const { rows } = await of.node.store.read(jobStanding, (db) =>
      sql<{
        to: string;
      }>`select h.to_node as to from simpul.case_handed h join simpul.cases c on c.id = h.case_id
          where c.number = ${number} and h.record_id = c.id and h.back_at is null`.execute(db.rows),
    );
    return rows.map((one) => one.to);
  };
  expect(await owners(id, made.number)).toEqual(["kh"]);
  expect(await owners(kh, theirs.number)).toEqual(["id"]);
  // A second acceptance is answered with the same word, and hands over nothing more.
  const again = await row(kh, there);
  expect(
    await arrives(id, "kh", "hand-over.said", said(there, "accepted", { accepted: again.accepted })),
  ).toBe("taken");
  expect(await owners(id, made.number)).toEqual(["kh"]);
});

test("a node that does not know hand-overs takes none; one restored from yesterday follows its own signature (scenario 10)", async () => {
  const made = await newCase(rina);
  const older = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, older);
  const { receipted } = handOversPart(roomOf(id));
  const out = { to: "kh", body: { handOver: older } } as unknown as Outgoing;
  await receipted!["hand-over.offered"]!(out, { outcome: "refused", code: "UNKNOWN_TYPE" } as Receipt);
  expect(await look(rina, older)).toMatchObject({ state: "undelivered", code: "UNKNOWN_TYPE" });
  expect((await caseOf(rina, made.number)).may).toContain("case.edit");

  const handing = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, handing);
  await acceptedBy(sophea, handing, desk, sreymom.id);
  await until(
    () => caseOf(rina, made.number),
    (seen) => seen.state === "closed",
  );
  // As yesterday's copy of the database had it: offered, and nothing of the answer.
  await id.node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.hand_overs set state = 'pending', accepted = null, handed = null where id = ${handing}`.execute(
      tx.rows,
    );
    await backAgain(tx, Id.parse(handing));
    await closeHanded(tx, Id.parse(made.id), false);
    tx.note("hand-over.returned", { id: Id.parse(handing) });
  });
  await rina.must("POST", `/api/hand-overs/${handing}/take-back`, { text: "" });
  await stands(rina, handing, "handed");
  const again = await until(
    () => caseOf(rina, made.number),
    (seen) => seen.state === "closed",
  );
  expect(again.handed.find((one) => one.whole)).toMatchObject({ to: "kh" });
  expect(await look(sreymom, handing)).toMatchObject({ state: "handed" });
});
