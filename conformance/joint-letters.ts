// Reads a letter of a joint space as a receiving node does before it looks into its own rows: shape, content, signatures.
import { EnvelopeRefused } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import { parseSignedStatement } from "@simpul/seal";
import { versionOf } from "../features/requests/grants.ts";
import { sharedRecord } from "../features/requests/shapes.ts";
import { contentOf, read, type Wire, type WireType } from "../features/joint/shapes.ts";
import { signedBy, type statementTypes } from "../features/joint/signing.ts";

type What = keyof typeof statementTypes;
interface Said {
  what: What;
  says: unknown;
  signed: string;
  by: string;
}

/** Gives the body as it was read; throws the refusals `BAD_BODY` and `NOT_ALLOWED`. */
export async function readJointLetter(
  type: WireType,
  body: unknown,
  by: NodeCode,
  keyOf: (code: string) => Uint8Array,
): Promise<unknown> {
  const found = read(type, body);
  if (type === "joint.put") contents(found as Wire<"joint.put">);
  for (const one of saidIn(type, found, by)) {
    const keys = { keysOf: (code: NodeCode) => Promise.resolve([keyOf(code)]) };
    if (!(await signedBy(keys, one.by as NodeCode, one.what, one.says, one.signed)))
      throw new EnvelopeRefused("NOT_ALLOWED", `a ${one.what} that ${one.by} did not sign`);
  }
  return found;
}

function contents({ things }: Wire<"joint.put">): void {
  for (const { kind, content, state, because } of things) {
    if ((content === null) !== (state === "withdrawn") || (because !== undefined && content !== null))
      throw new EnvelopeRefused("BAD_BODY", "content");
    if (content === null) continue;
    contentOf(kind, content, (value) => {
      const record = sharedRecord.safeParse(value);
      return record.success && versionOf(record.data) === record.data.version ? record.data : null;
    });
  }
}

/** The statements of a letter, each with whose it must be. */
function saidIn(type: WireType, found: unknown, by: string): Said[] {
  const one = (what: What, says: unknown, signed: string, who = by): Said => ({
    what,
    says,
    signed,
    by: who,
  });
  switch (type) {
    case "joint.proposed":
    case "joint.approved": {
      const { note, noteSigned, approval, signed } = found as Wire<"joint.approved">;
      return [one("note", note, noteSigned, note.proposer), one("approval", approval, signed)];
    }
    case "joint.word": {
      const { note, noteSigned, word, signed } = found as Wire<"joint.word">;
      return [one("note", note, noteSigned, note.proposer), one("word", word, signed)];
    }
    case "joint.ended": {
      const { ending, signed } = found as Wire<"joint.ended">;
      return [one("ending", ending, signed)];
    }
    case "joint.confirmed": {
      const { signed } = found as Wire<"joint.confirmed">;
      const says: unknown = JSON.parse(
        Buffer.from(parseSignedStatement(signed).payload, "base64").toString(),
      );
      return [one("confirmation", says, signed)];
    }
    case "joint.document": {
      const { document, signed } = found as Wire<"joint.document">;
      return [one("document", document, signed)];
    }
    case "joint.document-signed": {
      const { signature, signed } = found as Wire<"joint.document-signed">;
      return [one("signature", signature, signed)];
    }
    case "joint.evaluated": {
      const { evaluated, signed } = found as Wire<"joint.evaluated">;
      return [one("evaluation", evaluated, signed)];
    }
    default:
      return [];
  }
}
