// From victim desk to victim desk: a message passed on, sealed to the other desk's key, and their word that somebody took it.
import { EnvelopeRefused, readBody, type PeerPart } from "@simpul/exchange";
import { Id } from "@simpul/model";
import { sql } from "kysely";
import { z } from "zod";
import { addMessage } from "./keep.ts";
import type { EmergencyNode } from "./node.ts";

const Passed = z.strictObject({
  v: z.literal(1),
  id: z.uuid().transform((text) => Id.parse(text)),
  /** JWE compact to our desk's key. */
  jwe: z
    .string()
    .min(200)
    .max(131_072)
    .regex(/^[\w-]+(\.[\w-]+){4}$/),
});

const Taken = z.strictObject({ v: z.literal(1), id: z.uuid().transform((text) => Id.parse(text)) });

export const distressPart = (node: EmergencyNode): PeerPart => ({
  takes: {
    "distress.passed": async (tx, envelope) => {
      const body = readBody(Passed, envelope.body);
      const to = await node.compartment.sealTo();
      if (to === null || kidOf(body.jwe) !== to.kid)
        throw new EnvelopeRefused("NOT_ALLOWED", "no such desk key");
      await addMessage(tx, { id: body.id, jwe: body.jwe, from: envelope.from });
      tx.note("distress.passed-on", { id: body.id, peer: envelope.from });
      setTimeout(() => node.wake(`distress:${node.code}`), 50).unref();
    },
    "distress.taken": async (tx, envelope) => {
      const body = readBody(Taken, envelope.body);
      await sql`update simpul.distress_told set seen_at = coalesce(seen_at, ${tx.at})
        where id = ${body.id} and state = ${envelope.from}`.execute(tx.rows);
      tx.note("distress.taken-there", { id: body.id, peer: envelope.from });
      setTimeout(() => node.wake(`distress:${node.code}`), 50).unref();
    },
  },
  leaves: {
    // Two officers let it go, about this state by name; nothing changes on the way.
    "distress.passed": () => Promise.resolve({ kind: "may" }),
    "distress.taken": () => Promise.resolve({ kind: "may" }),
  },
});

function kidOf(jwe: string): string | null {
  try {
    const head = JSON.parse(Buffer.from(jwe.split(".")[0]!, "base64url").toString()) as { kid?: unknown };
    return typeof head.kid === "string" ? head.kid : null;
  } catch {
    return null;
  }
}
