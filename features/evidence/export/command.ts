// `simpul bundle` and `simpul policy`: letting a case's evidence out, and what its recipient must get by another way.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ClientError, json, proven, refusalOf, signedIn, until } from "@simpul/doors/cli";
import type { Client, Output } from "@simpul/doors/cli";
import { concealedNames } from "@simpul/evidence";
import { Id } from "@simpul/model";
import { defineCommand } from "citty";
import { EvidenceRoomError, type Export, type TrustPolicy } from "../contract.ts";

const base = "/api/evidence";

/** HC-6: where another state's terms stop it, the way out, said before the refusal itself. */
function sayWayOut(
  fault: ClientError,
  of: { number: string; to: string },
  say: (text: string) => void,
): void {
  const { originator, items, uses } = fault.facts;
  say(`stopped by the terms of ${String(originator)}; the way out is to ask there:`);
  for (const use of String(uses).split(",")) {
    const wanted = use === "court" ? "--court COURT" : `--to ${of.to}`;
    say(`simpul permission ask ${String(items)} --case ${of.number} ${wanted} --basis CODE --reason WHY`);
  }
}

/** Asks, with the second factor where it is wanted, and with the way out where terms stop it. */
async function askOnce(
  door: Client,
  of: { id: Id; number: string },
  ask: { recipientState: string },
  say: (text: string) => void,
): Promise<Export> {
  const proof = { act: "evidence.export", record: of.id, page: `/evidence/export?case=${of.id}` };
  try {
    return await proven(door, proof, () => door.call<Export>("POST", `${base}/exports`, ask));
  } catch (fault) {
    if (fault instanceof ClientError && fault.refusal === "PERMISSION_NEEDED")
      sayWayOut(fault, { number: of.number, to: ask.recipientState }, say);
    throw fault;
  }
}

/** Waits until it is packed; says what it waits for, once for each state of things. */
function untilReady(door: Client, id: Id, out: Output): Promise<Export> {
  const leaving = "it is packed all the same; fetch it on the page of the case's bundles";
  return until(out, leaving, async (say) => {
    const one = await door.call<Export>("GET", `${base}/exports/${id}`);
    if (one.state === "ready") return one;
    if (one.state !== "waiting" && one.state !== "packing")
      throw new ClientError("REFUSED", one.failure?.code ?? one.state, one.failure?.code ?? null);
    say(
      one.state === "waiting"
        ? "waiting for other states to cosign"
        : `packing: ${Math.round(100 * one.progress)} %`,
    );
    return null;
  });
}

/** Fetches the zip into `file`, whole or not at all. Throws `DAMAGED` when its digest is not what the node told. */
async function fetchTo(door: Client, one: Export, file: string): Promise<void> {
  const answer = await door.fetch(`${base}/exports/${one.id}/bundle`);
  if (!answer.ok || answer.body === null) throw await refusalOf(answer);
  const hash = createHash("sha256");
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.fromWeb(answer.body),
      async function* (pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(part),
    );
    if (hash.digest("hex") !== one.digest) throw new EvidenceRoomError("DAMAGED", { file });
    await rename(part, file);
  } catch (fault) {
    await rm(part, { force: true });
    throw fault;
  }
}

export const bundleCommand = defineCommand({
  meta: {
    name: "bundle",
    description: "let evidence of a case out as a bundle that a foreign court can check",
    example:
      "simpul bundle ID-2031-000417 --recipient 'Court at Manila (EXERCISE)' --state ph --reason 'EXERCISE: trial' --to case.zip",
  },
  args: {
    case: { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" },
    items: { type: "string", description: "items by id, with commas; all when left out" },
    recipient: { type: "string", required: true, description: "who receives it, in words" },
    state: { type: "string", required: true, description: "state of the recipient, e.g. kh" },
    reason: { type: "string", required: true, description: "why it leaves" },
    fields: {
      type: "string",
      default: concealedNames.join(","),
      description: `facts to show, with commas, or none: ${concealedNames.join(", ")}`,
    },
    unproven: { type: "string", description: "do not wait for other states' signatures, and why" },
    to: { type: "string", required: true, description: "the file to write" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const of = await door.call<{ id: Id; number: string }>(
        "GET",
        `/api/cases/${encodeURIComponent(args.case)}`,
      );
      const asked = {
        case: of.id,
        recipient: args.recipient,
        recipientState: args.state,
        reason: args.reason,
        fields: concealedNames.filter((name) => args.fields.split(",").includes(name)),
        ...(args.items !== undefined && { items: args.items.split(",").map((item) => Id.parse(item)) }),
        ...(args.unproven !== undefined && { unproven: args.unproven }),
      };
      const one = await askOnce(door, of, asked, out.say);
      const ready = await untilReady(door, one.id, out);
      await fetchTo(door, ready, args.to);
      out.result(ready, [args.to, `${ready.size ?? 0} B`, ready.digest].join("\t"));
      if (ready.proven !== true) out.say("cosigners follow: this bundle is not proven yet");
    }),
});

export const policyCommand = defineCommand({
  meta: {
    name: "policy",
    description: "this node's trust policy, to be handed over apart from any bundle",
    example: "simpul policy --to policy.txt",
  },
  args: { to: { type: "string", description: "a file to write it to" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const policy = await door.call<TrustPolicy>("GET", `${base}/trust-policy`);
      if (args.to !== undefined) await writeFile(args.to, policy.text);
      out.result(policy, args.to === undefined ? policy.text.trimEnd() : args.to);
      out.say(`SHA-256 ${policy.digest}`);
    }),
});
