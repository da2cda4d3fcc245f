// What a log asks of us as its cosigner: its new head is kept before our signature exists.
import type { AddCheckpoint, CosignDecision } from "@simpul/ledger";
import { cosign, decideCosign, parseCheckpoint } from "@simpul/ledger";
import type { VerifierKey } from "@simpul/seal";
import { parseNote, signatureLine } from "@simpul/seal";
import type { LedgerSettings } from "./ledger.ts";
import { tables } from "./sequence.ts";

/**
 * Answers another log's request to cosign (C2SP tlog-witness). The new head is kept, compared with what was read,
 * before the signature exists; of two requests at once one gets a conflict.
 */
export async function answerCosign(
  { store, engine, keys, signer }: LedgerSettings,
  ask: AddCheckpoint,
  logs: readonly VerifierKey[],
): Promise<CosignDecision & { line?: string }> {
  return store.chore("cosign", async (keeper) => {
    const rows = tables(keeper);
    const earlier: { note: string | null } = { note: null };
    const kept = async (origin: string): Promise<{ size: number; root: Uint8Array } | null> => {
      const row = await rows
        .selectFrom("cosigned")
        .selectAll()
        .where("origin", "=", origin)
        .forUpdate()
        .executeTakeFirst();
      earlier.note = row?.note ?? null;
      return row === undefined ? null : { size: Number(row.size), root: new Uint8Array(row.root) };
    };
    const decision = await decideCosign(ask, logs, kept, engine);
    const signed = new TextDecoder().decode(ask.checkpoint);
    if (decision.kind === "refuse" && decision.splitView && earlier.note !== null) {
      const head = parseCheckpoint(parseNote(ask.checkpoint).text);
      await rows
        .insertInto("split_views")
        .values({
          origin: head.origin,
          size: String(head.size),
          first_note: earlier.note,
          second_note: signed,
          seen_at: keeper.at,
        })
        .onConflict((twice) => twice.doNothing())
        .execute();
    }
    if (decision.kind !== "sign") return decision;
    const row = {
      size: String(decision.head.size),
      root: Buffer.from(decision.head.root),
      note: signed,
      at: keeper.at,
    };
    const { numInsertedOrUpdatedRows } = await rows
      .insertInto("cosigned")
      .values({ origin: decision.head.origin, ...row })
      .onConflict((twice) =>
        twice.column("origin").doUpdateSet(row).where("cosigned.size", "=", String(ask.old)),
      )
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n)
      return { kind: "conflict", size: (await kept(decision.head.origin))!.size };
    const time = Math.floor(keeper.at.getTime() / 1000);
    return { ...decision, line: signatureLine(await cosign(decision.text, keys.cosigner, time, signer)) };
  });
}
