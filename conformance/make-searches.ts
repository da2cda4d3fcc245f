// Makes the vectors of the private search between victim desks anew (protocol.md 10.4): `npx tsx conformance/make-searches.ts`.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  blindWith,
  evaluate,
  finalise,
  nobleEngine,
  searchInput,
  searchKey,
  searchTag,
} from "../packages/match/oprf/index.ts";
import type { ReviewedPerson } from "../features/reviews/contract.ts";
import { searchKeys, type SearchKey } from "../features/reviews/search/keys.ts";

const folder = fileURLToPath(new URL("./protocol/searches/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
/** Bytes that protect nothing: SHA-512 of public words. */
const known = (words: string): Uint8Array => createHash("sha512").update(words).digest();

const search = "018f0000-0000-4000-8000-0000000000e1";
const seed = known("seed").subarray(0, 32);
const person = (more: Partial<ReviewedPerson>): ReviewedPerson => ({
  ...{ names: [], birth: null, nationalities: [], documents: [], phones: [] },
  ...more,
});
const people: Record<string, ReviewedPerson> = {
  latin: person({
    names: [{ text: "Muhammad Rizki Pratama", language: "id" }],
    birth: "1999-04-02",
    documents: ["passport:ID:X0000001"],
    phones: ["+6285400001777"],
  }),
  khmer: person({
    names: [{ text: "សុខ សុភាព", language: "km", romanised: "Sok Sopheap" }],
    birth: "2001-03-11",
  }),
  "without-a-day": person({ names: [{ text: "Dewi Lestari", language: "id" }], birth: "1990" }),
};

const keys = searchKey(nobleEngine, seed, search);
function round(key: SearchKey, nth: number): string {
  const inputs = [searchInput(key.kind, key.value)];
  const blind = nobleEngine.reduce(known(`blind ${String(nth)}`));
  const made = blindWith(nobleEngine, "voprf", inputs, blind);
  const evaluated = evaluate(nobleEngine, keys.secretKey, made.blinded);
  const tag = searchTag(finalise(nobleEngine, inputs, made.blinds, evaluated)[0]!);
  keep(`valid/round-${String(nth)}`, {
    ...{ kind: "search-round", seed: hex(seed), search, key, input: hex(inputs[0]!), blind: hex(blind) },
    ...{ blinded: hex(made.blinded), evaluated: hex(evaluated), tag },
  });
  return tag;
}

rmSync(folder, { recursive: true, force: true });
for (const [name, of] of Object.entries(people))
  keep(`valid/keys-${name}`, { kind: "search-keys", person: of, keys: searchKeys(of) });
const tags = [...searchKeys(people["latin"]!).slice(0, 3), ...searchKeys(people["khmer"]!).slice(0, 1)].map(
  round,
);

const filled = (nth: number): string[] => {
  const own = nth === 0 ? tags : [];
  const rest = Array.from({ length: 16 - own.length }, (_, i) =>
    hex(known(`filler ${String(nth)} ${String(i)}`).subarray(0, 16)),
  );
  return [...own, ...rest].toSorted();
};
const nonce = hex(known("nonce").subarray(0, 32));
const question = {
  ...{ v: 1, search, nonce, purpose: "review", unit: "EXERCISE victim desk", reason: "EXERCISE" },
  publicKey: hex(keys.publicKey),
  subjects: Array.from({ length: 8 }, (_, nth) => filled(nth)),
};
const line = {
  ...{ subject: 0, pseudonym: "ID-7F3K-9Q2M", status: "presumed", authority: "EXERCISE victim desk" },
  since: "2031-03-04T03:00:00.000Z",
};
const reply = { v: 1, search, nonce, known: [line] };
keep("valid/question", { kind: "search-inside", what: "question", says: question });
keep("valid/reply", { kind: "search-inside", what: "reply", says: reply });
keep("valid/reply-nothing", { kind: "search-inside", what: "reply", says: { ...reply, known: [] } });

const jwe = `${Buffer.from(JSON.stringify({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })).toString("base64url")}.AA.AA.AA.AA`;
const asked = { search, answerAt: "2031-03-05T03:00:00.000Z", question: jwe };
keep("valid/asked", { kind: "search-body", type: "victim-search.asked", body: asked });
keep("valid/answered", { kind: "search-body", type: "victim-search.answered", body: { search, reply: jwe } });

const wrong = (name: string, vector: object): void =>
  keep(`invalid/${name}`, { refused: "BAD_BODY", ...vector });
const inside = (what: string, says: object) => ({ kind: "search-inside", what, says });
wrong("question-too-few", inside("question", { ...question, subjects: question.subjects.slice(0, 7) }));
wrong(
  "question-short-subject",
  inside("question", { ...question, subjects: [...question.subjects.slice(1), ["00"]] }),
);
wrong("question-with-name", inside("question", { ...question, name: "EXERCISE" }));
wrong("reply-other-status", inside("reply", { ...reply, known: [{ ...line, status: "suspect" }] }));
wrong("reply-too-far", inside("reply", { ...reply, known: [{ ...line, subject: 64 }] }));
const body = (type: string, of: object) => ({ kind: "search-body", type, body: of });
const other = `${Buffer.from(JSON.stringify({ alg: "RSA-OAEP", enc: "A256GCM" })).toString("base64url")}.AA.AA.AA.AA`;
wrong("asked-other-seal", body("victim-search.asked", { ...asked, question: other }));
wrong("asked-in-clear", body("victim-search.asked", { ...asked, question: JSON.stringify(question) }));
wrong("answered-with-more", body("victim-search.answered", { search, reply: jwe, known: 1 }));
