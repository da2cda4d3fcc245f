// A call to the hotline: sealed again and again while it is written down, so that one that breaks off reaches the desk too.
import { createHash } from "node:crypto";
import { VictimsError } from "@simpul/features/victims/contract.ts";
import type { Id, Officer } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { DistressError, type Said } from "./contract.ts";
import type { DistressNode } from "./node.ts";
import { clockFrom } from "./rules.ts";
import { sealFor } from "./sealed.ts";

/**
 * `id` and `token` are made by the form. Throws `NO_DESK_KEY`, and `SETTLED` for a call that was finished or is another
 * form's. Nothing of what was written can be read again by whoever wrote it.
 */
export async function keepCall(
  node: DistressNode,
  standing: Standing & { actor: Officer },
  ask: { id: Id; token: string; said: Said },
): Promise<void> {
  if (!["victim-identification", "victim-assistance"].includes(standing.purpose))
    throw new DistressError("NOT_FOUND");
  const to = await node.sealTo();
  if (to === null) throw new VictimsError("NO_DESK_KEY");
  const at = node.clock.now().toISOString();
  const jwe = await sealFor(to, {
    ...{ v: 1, at, via: "hotline", thread: ask.id, said: ask.said, cut: false, slowed: false },
    ...{ reply: null, by: standing.actor.id, from: null },
  });
  const token = createHash("sha256").update(ask.token).digest();
  await node.store.write(standing, async (tx) => {
    const { rows } = await sql<{
      kept: boolean;
    }>`select simpul.keep_distress_call(${ask.id}, ${jwe}, ${token},
      ${clockFrom(tx.at)}, ${ask.said.call?.finished === true}) as kept`.execute(tx.rows);
    if (!rows[0]!.kept) throw new DistressError("SETTLED", ask.id);
    tx.note("distress.kept", { id: ask.id });
  });
  node.wake(`distress:${node.code}`);
}
