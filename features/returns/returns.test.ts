// Between two states: her way home from choice to follow-up, a missing person found on her own terms, nationality in bulk.
import { randomBytes } from "node:crypto";
import { nations, type Nation } from "@simpul/testing";
import { accessNode } from "@simpul/server";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { referralsNode } from "../../apps/server/referrals.ts";
import {
  given,
  helper,
  newPerson,
  nurul,
  says,
  service,
  stands,
  until,
  word,
  type Helper,
} from "../../testing/shares.ts";
import { tellDeskKey } from "../referrals/desk-keys/keys.ts";
import { box, proofOf, unbox } from "../referrals/links.ts";
import { returnOnSilence } from "../referrals/shares.ts";
import { factsKind, randomId } from "../victims/contract.ts";
import type { Asked, Likeness, Notice, Plan } from "./contract.ts";

let id: Nation, kh: Nation;
let maya: Helper, sreypov: Helper;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  maya = await helper(id, "maya");
  sreypov = await helper(kh, "sreypov");
  for (const [nation, of] of [
    [id, maya],
    [kh, sreypov],
  ] as const)
    await tellDeskKey(referralsNode(nation.node, accessNode(nation.node, nation.web.address), of.room));
  for (const of of [maya, sreypov])
    await until(async () => {
      const { states } = await of.person.must<{ states: string[] }>("GET", "/api/returns/states");
      return states.length === 1 ? states : null;
    }, "the desks never learnt each other's keys");
}, 180_000);

const refused = async (of: Helper, path: string, body: object) =>
  (
    await of.person.ask<{ error: { code: string; facts?: { why?: string } } }>(
      "POST",
      `/api/returns${path}`,
      body,
    )
  ).body.error;
const planOf = async (of: Helper, person: Id) =>
  (await of.person.must<{ plan: Plan }>("GET", `/api/returns/people/${person}`)).plan;
const say = (of: Helper, person: Id, what: string, data: object) =>
  of.person.must("POST", `/api/returns/people/${person}`, { what, data });
const came = <Content>(of: Helper, kind: string, holds: (content: Content) => boolean) =>
  until(async () => {
    type List = {
      share: { id: Id; ours: boolean; state: string };
      content: Content | null;
      answer: unknown;
    }[];
    const found = await of.person.must<Record<string, List>>("GET", `/api/returns/${kind}`);
    return (
      Object.values(found)[0]!.find(
        ({ content, share }) => !share.ours && content !== null && holds(content),
      ) ?? null
    );
  }, `${kind} never came`);

const choice = {
  wants: "return",
  words: "EXERCISE: I want to see my mother",
  language: "id",
  interpreter: "",
  guardian: null,
};
const step = (more: object) => ({ state: "planned", on: "2031-05-01", who: "", text: "", ...more });

test("she leaves when she chose it knowing the risks, may change her mind, and is followed up", async () => {
  const person = await newPerson(maya, { ...nurul, nationalities: ["ET"] });
  const departure = step({ step: "departure" });
  expect(await refused(maya, `/people/${person}`, { what: "step", data: departure })).toMatchObject({
    ...{ code: "NOT_VOLUNTARY", facts: { why: "no-choice, no-risk-assessment" } },
  });
  await say(maya, person, "choice", { ...choice, wants: "not-said" });
  await say(maya, person, "risk", {
    answers: [{ risk: "trafficker-at-home", is: "not-known", why: "EXERCISE" }],
    ...{ conclusion: "may-return", reason: "EXERCISE: she lives with her aunt now" },
  });
  expect((await planOf(maya, person)).hindrances).toEqual(["not-voluntary", "risk-older"]);
  await say(maya, person, "choice", choice);
  await say(maya, person, "step", departure);
  await say(maya, person, "choice", { ...choice, wants: "stay" });
  const changed = await planOf(maya, person);
  expect(changed).toMatchObject({ hindrances: ["not-voluntary"], changes: 2 });
  // Her state has no embassy here: who acts for it is said, with what is not confirmed.
  expect(changed.represented).toMatchObject([{ of: "ET", acts: "nearest-embassy", confirmed: false }]);
  await say(maya, person, "choice", choice);
  await say(maya, person, "step", step({ step: "arrival", state: "done", on: "2031-05-02" }));
  const home = await planOf(maya, person);
  expect(home.steps.filter((one) => one.step === "follow-up").map((one) => one.on)).toEqual([
    ...["2031-05-16", "2031-07-31", "2031-10-29"],
  ]);
});

/** An embassy opens what it was handed, by the link alone, and says yes. */
async function embassySaysYes(link: string, text: string): Promise<unknown> {
  const [path, secret] = link.split("#") as [string, string];
  const shareId = path.split("/").at(-1)!;
  const key = Buffer.from(secret, "base64url");
  const proof = proofOf(key).toString("base64url");
  const post = (act: string, body: object) =>
    fetch(`${id.web.address}/api/handed/${shareId}/${act}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: id.web.address },
      body: JSON.stringify(body),
    });
  const opened = (await (await post("open", { proof })).json()) as { box: string };
  const said = { step: "accepted", code: null, text, name: "Consul EXERCISE" };
  const answer = box(key, { bytes: (many) => randomBytes(many) }, `answer ${shareId}`, said);
  expect((await post("answer", { proof, step: "accepted", answer })).status).toBe(204);
  expect((await post("open", { proof })).status).toBe(410);
  return unbox(key, `given ${shareId}`, opened.box);
}

test("of a state without an embassy here, the nearest one is asked; the first is silent, the second says yes, makes a paper, and she is home", async () => {
  const person = await newPerson(maya, {
    ...{ names: [{ text: "Selam Tesfaye EXERCISE", use: "own" as const }], nationalities: ["ET"] },
    ...{ languages: ["am"], ageSaid: "adult" },
  });
  expect((await planOf(maya, person)).represented).toMatchObject([{ of: "ET", acts: "nearest-embassy" }]);
  const ask = async (name: string) => {
    const { id: embassy } = await maya.person.must<{ id: Id }>(
      "POST",
      "/api/referrals/services",
      service({ name, kinds: ["consular"], place: "EXERCISE abroad" }),
    );
    const recipient = { kind: "service" as const, id: embassy };
    const share = randomId();
    await maya.prove(share);
    const refer = () =>
      maya.person.ask<{ link: string }>("POST", `/api/referrals/people/${person}/refer`, {
        ...{ share, recipient },
        given: given({
          ...{ kind: "consular", purpose: "return", onward: false },
          data: { name: "Selam Tesfaye EXERCISE", documents: "EXERCISE: taken from her" },
        }),
      });
    // An authority of her state too hears of her on her own word alone.
    expect((await refer()).body).toMatchObject({ error: { code: "NO_CONSENT" } });
    const consent = word({ recipient, recipientName: name, purpose: "return", onward: false });
    await says(maya, person, { ...consent, data: ["name", "documents"] });
    return { share, link: (await refer()).body.link };
  };
  const silent = await ask("Embassy in the next capital (EXERCISE)");
  id.clock.offMs = 25 * 3_600_000;
  expect(await returnOnSilence(referralsNode(id.node, accessNode(id.node, id.web.address), maya.room))).toBe(
    1,
  );
  id.clock.offMs = 0;
  await stands(maya, silent.share, "returned");

  const asked = await ask("Embassy further away (EXERCISE)");
  const words = "EXERCISE: she is ours; we come on Tuesday";
  expect(await embassySaysYes(asked.link, words)).toMatchObject({
    content: { data: { name: "Selam Tesfaye EXERCISE", documents: "EXERCISE: taken from her" } },
  });
  expect((await stands(maya, asked.share, "accepted")).answer).toMatchObject({ text: words });
  const follow = (step: string, text: string) =>
    maya.person.must("POST", `/api/referrals/people/${person}/follow`, {
      ...{ share: asked.share, step, code: null, text },
    });
  const next = async () => {
    const at = `/api/referrals/shares/${asked.share}`;
    return (await maya.person.must<{ next: { step: string; source: string } | null }>("GET", at)).next;
  };
  expect(await next()).toMatchObject({
    step: "visited",
    source: expect.stringContaining("art. 36") as string,
  });
  await follow("visited", "EXERCISE");
  expect(await next()).toBeNull();
  await follow("paper", "EXERCISE: emergency travel document");
  await say(maya, person, "risk", {
    answers: [{ risk: "no-shelter", is: "no", why: "EXERCISE" }],
    ...{ conclusion: "may-return", reason: "EXERCISE: her sister waits for her" },
  });
  await say(maya, person, "choice", { ...choice, language: "am", interpreter: "EXERCISE" });
  await say(maya, person, "step", {
    ...step({ step: "document", state: "done", text: "emergency-travel-document" }),
    who: "Embassy further away (EXERCISE)",
  });
  await say(maya, person, "step", step({ step: "departure", state: "done" }));
  await say(maya, person, "step", step({ step: "arrival", state: "done", on: "2031-05-02" }));
  await follow("done", "EXERCISE: she is home");
  expect((await stands(maya, asked.share, "done")).steps.map((one) => one.step)).toEqual([
    ...["visited", "paper", "done"],
  ]);
  expect((await planOf(maya, person)).hindrances).toEqual([]);
}, 60_000);

test("a planned day comes to the inbox while every desk is closed, and says nothing of whom or what", async () => {
  const person = await newPerson(maya, nurul);
  const today = new Date().toISOString().slice(0, 10);
  const lestari = await id.as("lestari");
  await lestari.must("PATCH", "/api/access/session", { purpose: "victim-assistance" });
  const due = async () => {
    const { entries } = await lestari.must<{ entries: { kind: string }[] }>("GET", "/api/inbox");
    return entries.filter(({ kind }) => kind === "victims-due");
  };
  const { officer: actor, purpose } = maya.who;
  const atRest = async () => {
    const kept = await id.node.store.read({ actor, purpose }, (db) => {
      db.noteRead("victims.due-read", {});
      return sql<{ sealed: Buffer }>`select sealed from simpul.victim_due`.execute(db.rows);
    });
    return kept.rows[0]!.sealed;
  };
  const before = await atRest();
  expect(await due()).toEqual([]);
  await say(maya, person, "step", step({ step: "ticket", on: today }));
  await maya.person.must("POST", "/api/victims/desk/close", {});
  expect(await due()).toEqual([
    expect.objectContaining({ title: "", case: null, due: today, to: "/victims/due" }),
  ]);
  // At rest it is under the node's key, and as long as when no day was in it.
  expect((await atRest()).length).toBe(before.length);
  expect((await atRest()).includes(today)).toBe(false);
  maya = await helper(id, "maya");
  const { due: lines } = await maya.person.must<{ due: { words: string; to: string }[] }>(
    "GET",
    "/api/victims/due",
  );
  expect(lines[0]).toMatchObject({ words: "returns.step.ticket", to: `/returns/people/${person}` });
  await say(maya, person, "step", step({ step: "ticket", state: "done", on: today }));
  expect(await due()).toEqual([]);
});

test("a missing person is looked for by sealed notice; found, she decides who is told", async () => {
  const here = await newPerson(sreypov, {
    ...nurul,
    names: [{ text: "Siti Aminah EXERCISE", use: "own" }],
    sex: "female",
  });
  await (await sreypov.desk()).act((tx) => tx.append(here, factsKind, { nationalities: ["ID"] }));
  const thread = randomId();
  const notice: Notice = {
    ...{ kind: "missing", names: "Siti Aminah", sex: "female", born: "2003", nationality: "ID" },
    ...{ lastSeen: "EXERCISE: Batam, March 2031", marks: "", asks: "her sister; ask her first" },
  };
  expect(await refused(maya, "/missing", { thread, to: ["kh"], notice })).toMatchObject({ code: "STEP_UP" });
  await maya.prove(thread);
  await maya.person.must("POST", "/api/returns/missing", { thread, to: ["kh"], notice });
  const { share } = await came<Notice>(sreypov, "missing", ({ names }) => names === "Siti Aminah");
  const seen = await sreypov.person.must<{ like: Likeness[] }>("GET", `/api/returns/missing/${share.id}`);
  expect(seen.like).toMatchObject([{ person: { id: here }, because: ["name", "nationality"] }]);
  await sreypov.person.must("POST", `/api/returns/missing/${share.id}/answer`, {
    outcome: "safe-no-contact",
    text: "",
  });
  const answered = await until(async () => {
    const got = await maya.person.must<{ answer: { outcome: string } | null }>(
      "GET",
      `/api/returns/missing/${share.id}`,
    );
    return got.answer;
  }, "no answer");
  // Safe, and no word of where or who.
  expect(answered).toEqual({ outcome: "safe-no-contact", text: "" });
});

test("nationality is asked in bulk for those who agreed, and answered for every person", async () => {
  const agreed = await newPerson(maya, { ...nurul, nationalities: ["KH"] });
  const other = await newPerson(maya, { ...nurul, names: [{ text: "Pisey EXERCISE", use: "own" }] });
  const ask = { thread: randomId(), to: "kh", people: [agreed, other] };
  await maya.prove(ask.thread);
  expect(await refused(maya, "/nationality", ask)).toMatchObject({ code: "NOBODY_AGREED" });
  await says(maya, agreed, word({ purpose: "return", data: ["name", "sex-age", "documents"] }));
  const sent = await maya.person.must<{ id: Id; asked: number; left: string[] }>(
    "POST",
    "/api/returns/nationality",
    ask,
  );
  expect(sent).toMatchObject({ asked: 1, left: [(await maya.desk()).person(other)!.pseudonym] });
  const { content } = await came<{ people: Asked[] }>(
    sreypov,
    "nationality",
    ({ people }) => people.length === 1,
  );
  const [{ ref }] = content!.people as [Asked];
  const answers = [{ ref, outcome: "needs-more", text: "EXERCISE: name of the village" }];
  expect(await refused(sreypov, `/nationality/${sent.id}/answer`, { answers: [] })).toMatchObject({
    code: "NOT_ALL_ANSWERED",
  });
  expect(
    await refused(sreypov, `/nationality/${sent.id}/answer`, {
      answers: [...answers, { ...answers[0], ref: "KH-AAAA-BBBB" }],
    }),
  ).toMatchObject({ code: "NOT_ALL_ANSWERED" });
  await sreypov.person.must("POST", `/api/returns/nationality/${sent.id}/answer`, { answers });
  await until(async () => {
    const got = await maya.person.must<{ answer: unknown }>("GET", `/api/returns/nationality/${sent.id}`);
    return got.answer;
  }, "no answer");
  for (const kept of [1, 0])
    expect(await maya.person.must("POST", `/api/returns/nationality/${sent.id}/keep`, {})).toEqual({ kept });
  expect((await maya.desk()).person(agreed)!.entries.at(-1)).toMatchObject({
    ...{ kind: "returns.nationality", data: { state: "kh", outcome: "needs-more" } },
  });
});

test("to everybody who is not of the desk there is no such room", async () => {
  for (const officer of ["sari", "tono", "hendra", "ratna"]) {
    const stranger = await id.as(officer);
    for (const path of ["", "/states", "/missing", "/nationality", `/people/${randomId()}`])
      expect((await stranger.ask("GET", `/api/returns${path}`)).status, `${officer} ${path}`).toBe(404);
  }
});
