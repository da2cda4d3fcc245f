// From victim desk to victim desk: a message passed on, sealed to the other desk's key, their word that somebody took it, and both ways back.
import { EnvelopeRefused, type PeerPart } from "@simpul/exchange";
import { sql } from "kysely";
import { goneThere, mayPass, takenBack, wasTakenBack } from "./call-back.ts";
import { addMessage } from "./keep.ts";
import type { EmergencyNode } from "./node.ts";
import { read } from "./wire.ts";

export const distressPart = (node: EmergencyNode): PeerPart => ({
  takes: {
    "distress.passed": async (tx, envelope) => {
      const { id, jwe } = read("distress.passed", envelope.body);
      const to = await node.compartment.sealTo();
      if (to === null || kidOf(jwe) !== to.kid) throw new EnvelopeRefused("NOT_ALLOWED", "no such desk key");
      // It was called back before it came.
      if (await wasTakenBack(tx, id)) {
        tx.note("distress.taken-back", { id, peer: envelope.from });
        return;
      }
      await addMessage(tx, { id, jwe, from: envelope.from });
      tx.note("distress.passed-on", { id, peer: envelope.from });
      setTimeout(() => node.wake(`distress:${node.code}`), 50).unref();
    },
    "distress.taken": async (tx, envelope) => {
      const { id } = read("distress.taken", envelope.body);
      await sql`update simpul.distress_told set seen_at = coalesce(seen_at, ${tx.at})
        where id = ${id} and state = ${envelope.from}`.execute(tx.rows);
      tx.note("distress.taken-there", { id, peer: envelope.from });
      setTimeout(() => node.wake(`distress:${node.code}`), 50).unref();
    },
    "distress.called-back": async (tx, envelope) => {
      await takenBack(node, tx, envelope, read("distress.called-back", envelope.body).id);
      node.send();
    },
    "distress.gone": async (tx, envelope) => {
      await goneThere(node, tx, envelope, read("distress.gone", envelope.body));
      node.send();
      setTimeout(() => node.wake(`distress:${node.code}`), 50).unref();
    },
  },
  leaves: {
    // Two officers let it go, about this state by name.
    "distress.passed": (envelope) => mayPass(node, envelope),
    "distress.taken": () => Promise.resolve({ kind: "may" }),
    "distress.called-back": () => Promise.resolve({ kind: "may" }),
    "distress.gone": () => Promise.resolve({ kind: "may" }),
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
