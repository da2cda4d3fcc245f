// Makes the letters of joint spaces anew, valid and invalid, signed with the keys of `keys.json`: `npx tsx conformance/make-joint.ts`.
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { signStatement, utf8 } from "@simpul/seal";
import { nodeVerifying, signerOf } from "@simpul/store/keys";
import { canonical, digestOf, statementTypes } from "../features/joint/signing.ts";
import { versionOf } from "../features/requests/grants.ts";

const folder = fileURLToPath(new URL("./protocol/joint/", import.meta.url));
const { nodes } = JSON.parse(readFileSync(path.join(folder, "../keys.json"), "utf8")) as {
  nodes: Record<"id" | "kh", { signing: Record<string, string> }>;
};
const signed = async (what: keyof typeof statementTypes, says: object, by: "id" | "kh"): Promise<string> => {
  const signer = signerOf(createPrivateKey({ key: nodes[by].signing, format: "jwk" }));
  return JSON.stringify(
    await signStatement(statementTypes[what], utf8(canonical(says)), [signer], nodeVerifying),
  );
};

function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const uuid = (last: string): string => `018f0000-0000-7000-8000-0000000000${last}`;
const [agency, space, member] = [uuid("02"), uuid("a1"), uuid("a2")];
const at = "2031-03-04T03:00:00.000Z";
const person = { officer: "EXERCISE Rina", office: "EXERCISE liaison office" };
const note = {
  ...{
    space,
    version: 1,
    proposer: "id",
    parties: ["id", "kh"],
    title: "EXERCISE: the compound by the lake",
  },
  ...{ facts: "EXERCISE: one site, the same advertisements", offences: ["trafficking-forced-criminality"] },
  ...{ from: "2031-03-04", until: "2031-04-02", share: ["selector", "note", "date"], backfill: "all" },
  ...{ court: true, leads: [{ state: "kh", part: "EXERCISE: the site" }], purgeDays: 28 },
};
const approval = (party: "id" | "kh") => ({
  ...{ space, version: 1, digest: digestOf(note), party, ...person, at },
});
const notice = async (by: "id" | "kh") => ({
  ...{ agency, note, noteSigned: await signed("note", note, "id") },
  ...{ approval: approval(by), signed: await signed("approval", approval(by), by) },
});
const handling = { codes: ["H1", "H2"] };
const evaluation = { source: "B", information: "2" };
const thing = {
  ...{ kind: "note", version: 1, state: "standing", by: member, at, firstAt: at, reason: "", handling },
  evaluation: { source: "X", information: "4" },
};
const fields = {
  ...{ type: "phone", canonical: "+62854000001234", profile: "phone/1", written: "+62 854-0000-1234" },
  ...{ valid: true, role: "facilitator", subject: null },
};
const record = {
  ...{ id: uuid("a4"), kind: "selector", originator: "id", fields, handling, evaluation, grants: [] },
  version: versionOf({ kind: "selector", id: uuid("a4"), fields } as never),
  link: "EXERCISE: named in the chat",
};
const own = { ...thing, id: uuid("a3"), content: { own: { text: "EXERCISE: read it", language: "en" } } };
const ofCase = { ...thing, id: record.id, kind: "selector", evaluation, content: { record } };
const gone = {
  ...ofCase,
  ...{ version: 2, state: "withdrawn", content: null, because: "called-back" },
};
const date = { title: "EXERCISE: hearing", at: "2031-03-20T02:00:00.000Z", text: "", discloses: true };
const ending = {
  space,
  party: "kh",
  by: "kh",
  kind: "withdrawn",
  reason: "EXERCISE",
  officer: "EXERCISE",
  at,
};
const list = {
  space,
  party: "id",
  officer: "EXERCISE Rina",
  at,
  list: [{ id: record.id, digest: "5a".repeat(32) }],
};
const bytes = Buffer.from("%PDF EXERCISE");
const document = {
  ...{ id: uuid("a5"), space, party: "id", name: "agreement.pdf", mediaType: "application/pdf" },
  ...{ size: bytes.length, officer: "EXERCISE Rina", at, replaces: null },
  digest: "a7f5cb5eb9ce6c3495e7240222c32da492729350c92fa39c8b6c2b74249df0fc",
};
const signature = { space, document: document.id, digest: document.digest, party: "kh", ...person, at };
const evaluated = {
  ...{ space, party: "kh", officer: "EXERCISE", at, reached: "partly", arrests: 4, identified: 120 },
  ...{ referred: 118, assets: 25_000, spared: 3, difficulties: "EXERCISE: interpreters", legal: "" },
};
const word = { space, version: 1, digest: digestOf(note), party: "kh", ...person, at };
const remark = {
  ...{ ...word, id: uuid("a7"), kind: "remark", part: "media", of: null },
  text: "EXERCISE: our court decides who speaks",
};
const clearance = { ...word, id: uuid("a8"), kind: "clearance", text: "" };
const said = async (says: typeof remark | typeof clearance) => ({
  ...{ agency, note, noteSigned: await signed("note", note, "id") },
  ...{ word: says, signed: await signed("word", says, "kh") },
});
const kept = { thing: record.id, party: "id", proceeding: "EXERCISE 12/Pid/2031", officer: "EXERCISE", at };

rmSync(folder, { recursive: true, force: true });
const put = (things: object[]) => ({ agency, space, things });
const valid = (name: string, type: string, by: "id" | "kh", body: object): void =>
  keep(`valid/${name}`, { kind: "joint", type: `joint.${type}`, by, body });
valid("proposed", "proposed", "id", await notice("id"));
valid("approved", "approved", "kh", await notice("kh"));
valid("members", "members", "id", {
  ...{ agency, space },
  members: [
    { id: member, name: "EXERCISE Rina", office: "EXERCISE", role: "contributor", since: at, ended: null },
  ],
});
valid(
  "put",
  "put",
  "id",
  put([own, ofCase, { ...thing, id: uuid("a6"), kind: "date", content: { own: date } }]),
);
valid("put-called-back", "put", "id", put([gone]));
valid("ended", "ended", "kh", { agency, ending, signed: await signed("ending", ending, "kh") });
valid("confirmed", "confirmed", "id", {
  ...{
    agency,
    space,
    officer: list.officer,
    at,
    things: 1,
    signed: await signed("confirmation", list, "id"),
  },
});
valid("document", "document", "id", {
  ...{ agency, space, document, signed: await signed("document", document, "id") },
  bytes: bytes.toString("base64"),
});
valid("document-signed", "document-signed", "kh", {
  ...{ agency, signature, signed: await signed("signature", signature, "kh") },
});
valid("evaluated", "evaluated", "kh", {
  ...{ agency, evaluated, signed: await signed("evaluation", evaluated, "kh") },
});
valid("word-remark", "word", "kh", await said(remark));
valid("word-clearance", "word", "kh", await said(clearance));
valid("ended-suspended", "ended", "kh", {
  ...{ agency, ending: { ...ending, kind: "suspended" } },
  signed: await signed("ending", { ...ending, kind: "suspended" }, "kh"),
});
valid("kept", "kept", "id", { agency, space, kept });

const wrong = (name: string, type: string, by: "id" | "kh", body: object, refused = "BAD_BODY"): void =>
  keep(`invalid/${name}`, { kind: "joint", refused, type: `joint.${type}`, by, body });
const proposed = await notice("id");
wrong("proposed-without-a-last-day", "proposed", "id", { ...proposed, note: { ...note, until: "" } });
wrong(
  "proposed-signed-by-another",
  "proposed",
  "id",
  {
    ...proposed,
    ...{ noteSigned: await signed("note", note, "kh") },
  },
  "NOT_ALLOWED",
);
wrong(
  "approved-other-words",
  "approved",
  "kh",
  {
    ...(await notice("kh")),
    approval: { ...approval("kh"), officer: "EXERCISE somebody else" },
  },
  "NOT_ALLOWED",
);
wrong("members-with-an-identifier", "members", "id", {
  ...{ agency, space },
  members: [{ id: member, name: "", office: "", role: "reader", since: at, ended: null, officer: member }],
});
wrong("word-on-no-part", "word", "kh", await said({ ...remark, part: "weather" }));
wrong(
  "word-signed-for-another",
  "word",
  "kh",
  { ...(await said(clearance)), word: { ...clearance, text: "EXERCISE: with conditions" } },
  "NOT_ALLOWED",
);
wrong("put-nothing", "put", "id", put([]));
wrong(
  "put-another-id-inside",
  "put",
  "id",
  put([{ ...ofCase, content: { record: { ...record, kind: "place" } } }]),
);
wrong(
  "put-a-changed-record",
  "put",
  "id",
  put([{ ...ofCase, content: { record: { ...record, fields: { ...fields, role: "suspect" } } } }]),
);
wrong("put-two-contents", "put", "id", put([{ ...own, content: { own: own.content.own, record } }]));
wrong("put-because-of-a-rumour", "put", "id", put([{ ...gone, because: "rumour" }]));
wrong(
  "ended-by-another",
  "ended",
  "kh",
  {
    ...{ agency, ending, signed: await signed("ending", ending, "id") },
  },
  "NOT_ALLOWED",
);
wrong("confirmed-below-nothing", "confirmed", "id", {
  ...{ agency, space, officer: "", at, things: -1, signed: "{}" },
});
wrong("document-that-is-a-program", "document", "id", {
  ...{ agency, space, signed: "{}", bytes: "" },
  document: { ...document, size: 0 },
});
wrong(
  "document-signed-for-other-bytes",
  "document-signed",
  "kh",
  {
    ...{ agency, signature: { ...signature, digest: "00".repeat(32) } },
    signed: await signed("signature", signature, "kh"),
  },
  "NOT_ALLOWED",
);
wrong("evaluated-with-a-name", "evaluated", "kh", {
  ...{ agency, evaluated: { ...evaluated, victim: "EXERCISE" }, signed: "{}" },
});
wrong("kept-for-nothing", "kept", "id", { agency, space, kept: { ...kept, proceeding: "" } });
