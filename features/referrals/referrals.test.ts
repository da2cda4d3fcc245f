// Between three states: on her word alone, with a clock, called back everywhere when she takes it back, never bounced.
import { nations, type Nation } from "@simpul/testing";
import type { Envelope } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { factsKind, randomId, type PeoplePage } from "../victims/contract.ts";
import { offerTransfer } from "./transfer.ts";
import { referralsPart } from "./peer.ts";
import { tellDeskKey } from "./desk-keys/keys.ts";
import { returnOnSilence } from "./shares.ts";
import {
  given,
  handOver,
  helper,
  newPerson,
  nurul,
  referTo,
  says,
  service,
  share,
  stands,
  until,
  word,
  type Helper,
  type Seen,
} from "../../testing/shares.ts";
import { referralsNode } from "../../apps/server/referrals.ts";
import { accessNode } from "@simpul/server";

let id: Nation, kh: Nation, ph: Nation;
let maya: Helper, lestari: Helper, sreypov: Helper, marites: Helper;
const roomOf = (nation: Nation, of: Helper) =>
  referralsNode(nation.node, accessNode(nation.node, nation.web.address), of.room);
const kept = async (nation: Nation, table: string, column: string, value: string) =>
  nation.node.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "victim-assistance" },
    async (db) => {
      const { rows } = await sql<{ many: number }>`select count(*)::int as many from ${sql.table(table)}
      where ${sql.ref(column)} = ${value}`.execute(db.rows);
      return rows[0]!.many;
    },
  );

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  maya = await helper(id, "maya");
  lestari = await helper(id, "lestari");
  sreypov = await helper(kh, "sreypov");
  marites = await helper(ph, "marites");
  for (const [nation, of] of [
    [id, maya],
    [kh, sreypov],
    [ph, marites],
  ] as const)
    await tellDeskKey(roomOf(nation, of));
  for (const of of [maya, sreypov, marites])
    await until(async () => {
      const { states } = await of.person.must<{ states: string[] }>("GET", "/api/referrals/services");
      return states.length === 2 ? states : null;
    }, "the desks never learnt each other's keys");
}, 180_000);

const refuses = async (of: Helper, path: string, body: object) =>
  (await of.person.ask<{ error: { code: string } }>("POST", `/api/referrals/${path}`, body)).body.error.code;

test("the first key of a peer is taken up; another one waits for two persons who compare it, and nothing is sealed to it", async () => {
  const room = roomOf(kh, sreypov);
  const own = await room.compartment.sealTo();
  await kh.node.store.write(
    { actor: { kind: "peer", node: id.node.code }, purpose: "mutual-assistance" },
    async (tx) => {
      await sql`insert into simpul.peer_desk_keys (peer, kid, key, statement, state, at)
      values ('id', ${own!.kid}, ${JSON.stringify(own!.key)}::jsonb, 'x', 'changed', ${tx.at})`.execute(
        tx.rows,
      );
      tx.note("desk-key.arrived", {});
    },
  );
  const keys = await sreypov.person.must<{ keys: { peer: string; state: string; fingerprint: string }[] }>(
    "GET",
    "/api/referrals/desk-keys",
  );
  const changed = keys.keys.find((one) => one.state === "changed")!;
  expect(changed.peer).toBe("id");
  expect(await refuses(sreypov, "desk-keys/id", { heard: "00000 00000" })).toBe("PEER_DESK_KEY_CHANGED");
  const person = await newPerson(sreypov);
  await says(
    sreypov,
    person,
    word({ recipient: { kind: "state", state: id.node.code }, recipientName: "ID" }),
  );
  const fresh = randomId();
  await sreypov.prove(fresh);
  expect(
    await refuses(sreypov, `people/${person}/refer`, {
      share: fresh,
      recipient: { kind: "state", state: "id" },
      given: given(),
    }),
  ).toBe("PEER_DESK_KEY_CHANGED");
  await sreypov.person.must("POST", "/api/referrals/desk-keys/id", { heard: changed.fingerprint });
  expect(await refuses(sreypov, "desk-keys/id", { heard: changed.fingerprint })).toBe("SAME_OFFICER");
  // The exercise goes on with the true key.
  await kh.node.store.write(
    { actor: { kind: "peer", node: id.node.code }, purpose: "mutual-assistance" },
    async (tx) => {
      await sql`update simpul.peer_desk_keys set state = 'old' where peer = 'id' and kid = ${own!.kid}`.execute(
        tx.rows,
      );
      tx.note("desk-key.arrived", {});
    },
  );
});

test("nothing leaves without her word for exactly this; help asks for nothing in return", async () => {
  const person = await newPerson(maya);
  const ask = { share: randomId(), recipient: { kind: "state", state: "kh" }, given: given() };
  await maya.prove(ask.share);
  expect(await refuses(maya, `people/${person}/refer`, ask)).toBe("NO_CONSENT");
  await says(maya, person, word({ answer: "refused" }));
  expect(await refuses(maya, `people/${person}/refer`, ask)).toBe("NO_CONSENT");
  await says(maya, person, word({ data: ["name"] }));
  expect(await refuses(maya, `people/${person}/refer`, ask)).toBe("NO_CONSENT");
  await says(maya, person, word());
  const other = { ...ask, share: randomId() };
  expect(await refuses(maya, `people/${person}/refer`, other)).toBe("STEP_UP");
  await maya.person.must("POST", `/api/referrals/people/${person}/refer`, ask);
  const came = await stands(sreypov, ask.share, "pending");
  expect(came.given).toMatchObject({ data: { name: "Nurul Hidayah EXERCISE", language: "id" } });
  // Not what was not named: neither her needs nor anything else of hers.
  expect(Object.keys(came.given!["data"] as object)).toEqual(["name", "language"]);
});

test("a child decides with a guardian, and an override is reviewed by somebody else", async () => {
  const child = await newPerson(maya, { ...nurul, ageSaid: "doubt" });
  expect(await refuses(maya, `people/${child}/consent`, word())).toBe("CHILD_NEEDS_GUARDIAN");
  const override = {
    ...{
      recipient: { kind: "state", state: "kh" },
      recipientName: "Cambodia",
      purpose: "protection",
      data: ["name"],
    },
    ...{ because: "child-interest", reason: "EXERCISE: her uncle waits outside" },
  };
  const { id: made } = await maya.person.must<{ id: Id }>(
    "POST",
    `/api/referrals/people/${child}/override`,
    override,
  );
  const sent = await referTo(maya, child, "kh", { purpose: "protection", data: { name: "EXERCISE" } });
  await stands(sreypov, sent, "pending");
  const review = { override: made, upheld: false, reason: "EXERCISE: no danger seen" };
  expect(await refuses(maya, `people/${child}/override/review`, review)).toBe("SAME_OFFICER");
  await lestari.person.must("POST", `/api/referrals/people/${child}/override/review`, review);
  await stands(sreypov, sent, "revoked");
  expect(await kept(kh, "simpul.victim_share_contents", "share_id", sent)).toBe(0);
});

test("taken back after two onward shares, one of them off the net, it reaches every holder, and each answers", async () => {
  const person = await newPerson(maya);
  await says(maya, person, word());
  const first = await referTo(maya, person, "kh");
  await stands(sreypov, first, "pending");
  const { person: there } = await sreypov.person.must<{ person: Id }>(
    "POST",
    `/api/referrals/shares/${first}/accept`,
    {},
  );
  await stands(maya, first, "accepted");
  const second = await referTo(sreypov, there, "ph");
  await stands(marites, second, "pending");
  const { person: far } = await marites.person.must<{ person: Id }>(
    "POST",
    `/api/referrals/shares/${second}/accept`,
    {},
  );
  // From there on to a shelter without a node, by a link that somebody opened.
  const { id: home } = await marites.person.must<{ id: Id }>("POST", "/api/referrals/services", service());
  const third = randomId();
  const { link } = await marites.person.must<{ link: string }>("POST", `/api/referrals/people/${far}/refer`, {
    share: third,
    recipient: { kind: "service", id: home },
    given: given({ kind: "shelter", urgent: true }),
  });
  expect(link).toMatch(new RegExp(`^/handed/${third}#`));
  await until(
    async () => ((await share(maya, first)).holders.length === 3 ? true : null),
    "the tree is not known",
  );
  // She takes it back while the far state is off the net: here and there it is closed at once, over there when it is back.
  await ph.leave();
  const reached = await maya.person.must("POST", `/api/referrals/people/${person}/withdraw`, {
    consent: "all",
    how: "EXERCISE",
  });
  expect(reached).toEqual({ consents: 1, shares: 1 });
  await stands(sreypov, first, "withdrawn");
  await stands(sreypov, second, "withdrawn");
  expect(await kept(kh, "simpul.victim_share_contents", "share_id", first)).toBe(0);
  const waiting = await share(maya, first);
  expect(waiting.holders.find((one) => one.share === second)!.closedAt).toBeNull();
  await ph.comeBack();
  marites = await helper(ph, "marites");
  await stands(marites, third, "withdrawn");
  expect(await kept(ph, "simpul.victim_share_links", "share_id", third)).toBe(0);
  const all = await until(async () => {
    const { holders } = await share(maya, first);
    return holders.every(({ closedAt }) => closedAt !== null) ? holders : null;
  }, "not every holder answered");
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(["kh", "ph", null]));
  // Nothing can be shared on it any more.
  const again = { share: randomId(), recipient: { kind: "state", state: "kh" }, given: given() };
  await maya.prove(again.share);
  expect(await refuses(maya, `people/${person}/refer`, again)).toBe("CONSENT_WITHDRAWN");
}, 60_000);

test("taken back offline while it is on its way, it never leaves", async () => {
  const person = await newPerson(maya);
  await says(maya, person, word({ recipient: { kind: "state", state: ph.node.code } }));
  await ph.leave();
  const sent = await referTo(maya, person, "ph");
  await maya.person.must("POST", `/api/referrals/people/${person}/withdraw`, {
    consent: "all",
    how: "EXERCISE",
  });
  await ph.comeBack();
  marites = await helper(ph, "marites");
  await until(
    async () => ((await share(maya, sent)).holders[0]!.closedAt === null ? null : true),
    "no answer",
  );
  expect(await kept(ph, "simpul.victim_share_contents", "share_id", sent)).toBe(0);
  expect((await share(marites, sent)).share.state).toBe("withdrawn");
}, 60_000);

test("silence returns it on both sides; an answer that was given in time stands although the line was down", async () => {
  const person = await newPerson(maya);
  await says(maya, person, word());
  const silent = await referTo(maya, person, "kh", { urgent: true });
  const answered = await referTo(maya, person, "kh", { urgent: true });
  for (const one of [silent, answered]) await stands(sreypov, one, "pending");
  await id.leave();
  await sreypov.person.must("POST", `/api/referrals/shares/${answered}/accept`, {
    text: "EXERCISE: there is a bed",
  });
  id.clock.offMs = kh.clock.offMs = 3 * 3_600_000;
  expect(await returnOnSilence(roomOf(id, maya))).toBe(2);
  expect(await returnOnSilence(roomOf(kh, sreypov))).toBe(1);
  expect(await kept(kh, "simpul.victim_share_contents", "share_id", silent)).toBe(0);
  id.clock.offMs = kh.clock.offMs = 0;
  await id.comeBack();
  maya = await helper(id, "maya");
  expect((await stands(maya, answered, "accepted")).answer).toMatchObject({
    text: "EXERCISE: there is a bed",
  });
  expect((await share(maya, silent)).share.state).toBe("returned");
  const inbox = await maya.person.must<{ entries: { id: string; kind: string }[] }>("GET", "/api/inbox");
  expect(inbox.entries).toContainEqual(expect.objectContaining({ id: silent, kind: "share-returned" }));
}, 60_000);

const ticket = { step: "ticket", state: "planned", on: "2031-05-01", who: "", text: "" };

test("a hand-over names her, stands pending on both sides, and moves who looks after her; what comes later is a proposal", async () => {
  const nameless = await newPerson(maya, { ageSaid: "adult" });
  const file = word({ purpose: "care-elsewhere", data: ["file"] });
  await says(maya, nameless, file);
  const no = { share: randomId(), to: "kh", unnamed: false };
  await maya.prove(no.share);
  expect(await refuses(maya, `people/${nameless}/transfer`, no)).toBe("NO_NAME");
  const person = await newPerson(maya);
  await says(maya, person, file);
  const offer = await handOver(maya, person, "kh");
  expect((await stands(sreypov, offer, "pending")).given).toMatchObject({ facts: { names: nurul.names } });
  expect((await share(maya, offer)).share.state).toBe("pending");
  const at = `/api/victims/people/${person}`;
  const away = { state: "kh", share: offer, pending: true };
  expect(await maya.person.must("GET", at)).toMatchObject({ elsewhere: null, offered: away });
  const { person: hers } = await sreypov.person.must<{ person: Id }>(
    "POST",
    `/api/referrals/shares/${offer}/accept`,
    {},
  );
  expect((await sreypov.desk()).person(hers)!.facts.names).toEqual(nurul.names);
  await stands(maya, offer, "accepted");
  const owner = await maya.person.must<{ owner: string }>("GET", `/api/referrals/people/${person}`);
  expect(owner.owner).toBe("kh");
  expect(await kept(kh, "simpul.victim_share_contents", "share_id", offer)).toBe(0);
  // One writer per record: at the old desk she is read, and not written about any more.
  expect(await maya.person.must("GET", at)).toMatchObject({ elsewhere: "kh", offered: null });
  const found = await maya.person.must<PeoplePage>("POST", "/api/victims/people/find", {});
  const awayOf = (who: Id) => found.people.find((one) => one.id === who)!.away;
  expect([awayOf(person), awayOf(nameless)]).toEqual([{ ...away, pending: false }, undefined]);
  for (const [path, body] of [
    [`${at}/facts`, { place: "EXERCISE: elsewhere" }],
    [`/api/returns/people/${person}`, { what: "step", data: ticket }],
  ] as const)
    expect(await maya.person.ask("POST", path, body)).toMatchObject({
      ...{ status: 409, body: { error: { code: "MOVED_AWAY", facts: { state: "kh" } } } },
    });
  expect(await sreypov.person.must("GET", `/api/victims/people/${hers}`)).toMatchObject({ elsewhere: null });
  await sreypov.person.must("POST", `/api/victims/people/${hers}/facts`, { place: "EXERCISE: shelter" });
  // What it learns it proposes, and the new one takes it in or not.
  const later = { share: randomId(), text: "EXERCISE: her passport was found" };
  await maya.prove(later.share);
  await maya.person.must("POST", `/api/referrals/people/${person}/propose`, later);
  await stands(sreypov, later.share, "pending");
  await sreypov.person.must("POST", `/api/referrals/shares/${later.share}/accept`, {});
  const brought = await sreypov.person.must<{ brought: { kind: string; data: unknown }[] }>(
    "GET",
    `/api/referrals/people/${hers}`,
  );
  expect(brought.brought.at(-1)).toMatchObject({ kind: "referrals.proposal", data: { text: later.text } });
});

test("of two hand-overs that cross, one stands on both sides; a recall before acceptance takes it back, after it does not", async () => {
  const file = word({ purpose: "care-elsewhere", data: ["file"] });
  const here = await newPerson(maya);
  await says(maya, here, file);
  await says(maya, here, word());
  const known = await referTo(maya, here, "kh");
  const { thread } = (await stands(sreypov, known, "pending")).share;
  const { person: there } = await sreypov.person.must<{ person: Id }>(
    "POST",
    `/api/referrals/shares/${known}/accept`,
    {},
  );
  await stands(maya, known, "accepted");
  await (
    await sreypov.desk()
  ).act((tx) => tx.append(there, { kind: "victims.facts", schema: undefined! }, nurul).catch(() => null));
  await (await sreypov.desk()).act((tx) => tx.append(there, factsKind, nurul));
  await says(sreypov, there, { ...file, recipient: { kind: "state", state: id.node.code } });
  // Both offer while neither hears the other.
  const theirs = randomId();
  await sreypov.prove(theirs);
  await kh.leave();
  const mine = await handOver(maya, here, "kh", thread);
  await offerTransfer(roomOf(kh, sreypov), sreypov.who, there, {
    share: theirs,
    to: id.node.code,
    thread,
    unnamed: false,
  });
  await kh.comeBack();
  sreypov = await helper(kh, "sreypov");
  const [stood, fell] = mine < theirs ? [mine, theirs] : [theirs, mine];
  for (const of of [maya, sreypov]) await stands(of, stood, "pending");
  // The other one falls at its own desk, and over there it came as fallen, or fell before it had left.
  await stands(fell === mine ? maya : sreypov, fell, "revoked");
  const overThere = await (fell === mine ? sreypov : maya).person.ask<Seen>(
    "GET",
    `/api/referrals/shares/${fell}`,
  );
  expect(overThere.status === 404 || overThere.body.share.state === "revoked").toBe(true);
  const giver = stood === mine ? maya : sreypov;
  const taker = stood === mine ? sreypov : maya;
  await giver.person.must("POST", `/api/referrals/shares/${stood}/revoke`, {});
  await stands(taker, stood, "revoked");
  expect((await taker.person.ask("POST", `/api/referrals/shares/${stood}/accept`, {})).status).toBe(409);
}, 60_000);

test("an offer made while theirs is being taken in waits for it, and is not made: never do two stand in one thread", async () => {
  const here = await newPerson(maya);
  await says(maya, here, word({ purpose: "care-elsewhere", data: ["file"] }));
  const [thread, share] = [randomId(), randomId()];
  await maya.prove(share);
  const now = new Date();
  const body = {
    ...{ share: randomId(), thread, what: "transfer", at: now.toISOString() },
    ...{ due: new Date(now.getTime() + 3_600_000).toISOString(), jwe: "e30.e30.e30.e30.e30" },
  };
  const envelope = { from: kh.node.code, type: "share.offered", body } as unknown as Envelope;
  let taken: () => void;
  const isTaken = new Promise<void>((done) => (taken = done));
  const arrives = id.node.store.write(
    { actor: { kind: "peer", node: kh.node.code }, purpose: "victim-assistance" },
    async (tx) => {
      await referralsPart(roomOf(id, maya)).takes!["share.offered"]!(tx, envelope);
      taken();
      // Not committed yet when the other one looks.
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
  );
  await isTaken;
  const offers = offerTransfer(roomOf(id, maya), maya.who, here, {
    share,
    to: kh.node.code,
    thread,
    unnamed: false,
  });
  await expect(offers).rejects.toMatchObject({ code: "NOT_NOW" });
  await arrives;
  expect(await kept(id, "simpul.victim_shares", "thread", thread)).toBe(1);
});

test("to everybody who is not of the desk there is no such room", async () => {
  for (const officer of ["sari", "tono", "hendra", "ratna"]) {
    const stranger = await id.as(officer);
    for (const path of ["board", "services", "desk-keys", `shares/${randomId()}`])
      expect((await stranger.ask("GET", `/api/referrals/${path}`)).status, `${officer} ${path}`).toBe(404);
  }
});
