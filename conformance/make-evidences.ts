// Makes questions about evidences and blocks of their lines, valid and invalid: `npx tsx conformance/make-evidences.ts`.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./protocol/evidences/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

rmSync(folder, { recursive: true, force: true });
const asked = { v: 1, sender: "id", from: 200, until: 300 };
keep("valid/question", { kind: "evidence-question", body: asked });
for (const [name, more] of [
  ["from-the-end", { from: 301 }],
  ["more-than-at-once", { from: 1, until: 16_385 }],
  ["of-no-number", { from: 0 }],
  ["of-another-form", { v: 2 }],
  ["with-a-member-more", { letters: true }],
] as const)
  keep(`invalid/question-${name}`, {
    kind: "evidence-question",
    refused: "BAD_REQUEST",
    body: { ...asked, ...more },
  });

const lines = [0, 1, 3].map((n) => ({
  seq: 257 + n,
  id: `018f0000-0000-7000-8000-00000000010${n}`,
  receipt: sha256(`EXERCISE: receipt ${n}`),
  carried: n === 1 ? sha256("EXERCISE: that a letter was opened") : null,
}));
const text = lines
  .map(({ seq, id, receipt, carried }) => `${seq} ${id} ${receipt} ${carried ?? "-"}\n`)
  .join("");
/** 259 has no evidence, and no line. */
const block = { from: 257, count: lines.length, digest: sha256(text) };
keep("valid/block", { kind: "evidence-block", from: block.from, lines, block });
keep("valid/block-of-none", {
  kind: "evidence-block",
  ...{ from: 513, lines: [], block: { from: 513, count: 0, digest: sha256("") } },
});
