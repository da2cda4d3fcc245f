// Makes the vectors of signed watch lists anew, signed with the keys of `keys.json`: `npx tsx conformance/make-watch-lists.ts`.
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { signStatement, utf8 } from "@simpul/seal";
import { nodeVerifying, signerOf } from "@simpul/store/keys";
import { statementType } from "../features/watch-lists/statement.ts";

const folder = fileURLToPath(new URL("./protocol/watch-lists/", import.meta.url));
const { nodes } = JSON.parse(readFileSync(path.join(folder, "../keys.json"), "utf8")) as {
  nodes: Record<"id" | "kh", { agencies: Record<string, Record<string, string>> }>;
};
const agencyOf = (code: "id" | "kh") => Object.entries(nodes[code].agencies)[0]!;

const entry = {
  ...{
    id: "018f0000-0000-7000-8000-0000000000d2",
    role: "suspect",
    name: "Marco Exercise",
    birth: "1988-02-17",
  },
  ...{ document: "passport:PHL:P1234567A", evaluation: "B2", legalBasis: "EXERCISE warrant 12" },
  ...{ review: "2031-09-01", whatToDo: "ask-aside", note: "EXERCISE" },
};
const list = {
  ...{ v: 1, list: "018f0000-0000-7000-8000-0000000000d1", from: "kh", agency: agencyOf("kh")[0] },
  ...{
    agencyName: "EXERCISE agency",
    version: 1,
    title: "EXERCISE recruiters",
    legalBasis: "EXERCISE law 1",
  },
  ...{
    call: "EXERCISE desk, day and night",
    at: "2031-03-04T03:00:00.000Z",
    until: "2031-12-31T23:59:59.000Z",
  },
  ...{ handling: ["H1", "H2"], entries: [entry], stays: null as object | null },
};
const stays = { publicKey: "5a".repeat(32), tags: { document: ["a1".repeat(16)], "name-birth": [] } };

async function keep(
  name: string,
  says: object,
  of: { by?: "id" | "kh"; type?: string; alter?: boolean } = {},
): Promise<void> {
  const [, jwk] = agencyOf(of.by ?? "kh");
  const signer = signerOf(createPrivateKey({ key: jwk, format: "jwk" }));
  const statement = await signStatement(
    of.type ?? statementType,
    utf8(JSON.stringify(says)),
    [signer],
    nodeVerifying,
  );
  if (of.alter)
    statement.payload = Buffer.from(JSON.stringify({ ...says, title: "Another" })).toString("base64");
  const good = name.startsWith("valid/");
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  const vector = {
    ...{ kind: "watch-list", ...(good ? {} : { refused: "BAD_SIGNATURE" }), from: "kh" },
    ...{ signed: JSON.stringify(statement), ...(good ? { says } : {}) },
  };
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

rmSync(folder, { recursive: true, force: true });
await keep("valid/given", list);
await keep("valid/stays", { ...list, entries: [], stays });
await keep("valid/empty-after-a-removal", { ...list, version: 3, entries: [] });
await keep("invalid/signed-by-another-state", list, { by: "id" });
await keep("invalid/altered", list, { alter: true });
await keep("invalid/of-another-type", list, { type: "application/vnd.simpul.recall+json" });
await keep("invalid/of-another-state", { ...list, from: "id" });
await keep("invalid/a-victim", { ...list, entries: [{ ...entry, role: "victim" }] });
await keep("invalid/a-witness", { ...list, entries: [{ ...entry, role: "witness" }] });
await keep("invalid/without-grade", { ...list, entries: [{ ...entry, evaluation: "" }] });
await keep("invalid/without-review", { ...list, entries: [{ ...entry, review: undefined }] });
await keep("invalid/stays-and-shows", { ...list, stays });
await keep("invalid/with-another-member", { ...list, photo: "EXERCISE" });
