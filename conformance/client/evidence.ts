/** `evidence.given` (section 10): the receiver's word, as a DSSE statement, that a letter was opened or not. */
import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { canonical, members, parse, type Members } from "./encoding.ts";

const type = "application/vnd.simpul.evidence+json";

/** Whether `by` signed exactly what the body says, about a letter of `to`. */
export function evidenceHolds(
  body: Members,
  { by, to }: { by: string; to: string },
  key: KeyObject,
): boolean {
  const { letter, thread, answer, event, at, signed } = body;
  const said = canonical({ ...({ letter, thread, answer, event, at } as Members), by, to });
  const statement = members(
    parse(signed as string, "BAD_BODY"),
    ["payloadType", "payload", "signatures"],
    "BAD_BODY",
  );
  const payload = Buffer.from(statement["payload"] as string, "base64");
  const bytes = Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} ${payload.toString()}`);
  const signatures = statement["signatures"] as { sig: string }[];
  return (
    statement["payloadType"] === type &&
    payload.toString() === said &&
    signatures.some(({ sig }) => verify(null, bytes, key, Buffer.from(sig, "base64")))
  );
}
