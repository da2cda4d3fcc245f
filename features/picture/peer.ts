// This room's side of the exchange: what states published, called back and refused; what cannot be is not kept, and its state told why.
import { EnvelopeRefused, type Envelope, type PeerPart } from "@simpul/exchange";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Published } from "./contract.ts";
import { jobStanding, type PictureNode } from "./node.ts";
import { keepRelease, releaseLike } from "./records.ts";
import { refusalOf, type TableFault } from "./shapes.ts";
import { read, wire, type Wire } from "./wire.ts";

/** As many tables as one state may have here: all figures of many years, corrected often. */
const mostOfState = 20_000;

export function picturePart(node: PictureNode): PeerPart {
  const woken =
    (take: (node: PictureNode, tx: Writer, envelope: Envelope) => Promise<void>) =>
    async (tx: Writer, envelope: Envelope): Promise<void> => {
      await take(node, tx, envelope);
      setImmediate(() => node.wake("picture:arrived"));
    };
  return {
    takes: {
      "picture.released": woken(takeReleased),
      "picture.called-back": woken(takeCalledBack),
      "picture.refused": woken(takeRefused),
    },
    // Two persons let it go, and it names nobody.
    leaves: Object.fromEntries(
      Object.keys(wire).map((kind) => [kind, () => Promise.resolve({ kind: "may" })]),
    ),
    receipted: Object.fromEntries(
      ["picture.released", "picture.called-back"].map((kind) => [
        kind,
        async (out, { outcome, code }) => {
          const { release } = out.body as { release: string };
          await node.store.write(jobStanding, async (tx) => {
            await sql`update simpul.picture_told set answered_at = ${tx.at},
                refused = coalesce(refused, ${outcome === "refused" ? (code ?? "NOT_ALLOWED") : null})
              where release_id = ${release} and peer = ${out.to}`.execute(tx.rows);
            tx.note("picture.receipted", { id: out.first, peer: out.to, accepted: outcome === "accepted" });
          });
          node.wake("picture:work");
        },
      ]),
    ),
  };
}

async function takeReleased(node: PictureNode, tx: Writer, envelope: Envelope): Promise<void> {
  const { release, number, at, reason, table } = read("picture.released", envelope.body);
  const published: Published = { state: envelope.from, ...table };
  const { figure, definition, month } = published;
  const fault = refusalOf(published, tx.at, node.definitions);
  if (fault !== null) return refuse(tx, envelope, release, fault);
  const like = await releaseLike(tx, { ...published, number });
  if (like !== null) {
    // The same once more is no news; another under the same number speaks against it.
    if (like.id === release && same(like.published, published)) return;
    return refuse(tx, envelope, release, "CONTRADICTED");
  }
  const { rows } = await sql<{ known: number; taken: boolean }>`
    select count(*)::int as known, coalesce(bool_or(id = ${release}), false) as taken from simpul.picture_releases
    where state = ${envelope.from}`.execute(tx.rows);
  if (rows[0]!.taken) return refuse(tx, envelope, release, "CONTRADICTED");
  if (rows[0]!.known >= mostOfState) throw new EnvelopeRefused("LIMITED");
  await keepRelease(tx, { id: release, published, number, at: new Date(at), by: null, reason });
  tx.note("picture.arrived", { id: release, peer: envelope.from, figure, definition, month, number });
}

const same = (one: Published, two: Published): boolean =>
  JSON.stringify([one.rows, one.columns, one.cells]) === JSON.stringify([two.rows, two.columns, two.cells]);

/** Read, not kept; the receipt says that it came, the letter why it does not count. */
async function refuse(tx: Writer, { from }: Envelope, release: string, because: TableFault): Promise<void> {
  const body: Wire<"picture.refused"> = { release, because };
  await tx.send({ id: tx.newId(), to: from, kind: "picture.refused", body });
  tx.note("picture.refused", { peer: from, release, because });
}

async function takeCalledBack(_: PictureNode, tx: Writer, envelope: Envelope): Promise<void> {
  const body = read("picture.called-back", envelope.body);
  const like = await releaseLike(tx, { ...body, state: envelope.from });
  if (like?.id !== body.release) throw new EnvelopeRefused("UNKNOWN_RECORD");
  if (like.ended_at !== null) return;
  await sql`update simpul.picture_releases set ended_at = ${tx.at}, reason = ${body.reason}
    where id = ${body.release} and ended_at is null`.execute(tx.rows);
  tx.note("picture.call-back-arrived", { id: body.release, peer: envelope.from });
}

async function takeRefused(_: PictureNode, tx: Writer, envelope: Envelope): Promise<void> {
  const { release, because } = read("picture.refused", envelope.body);
  const { numAffectedRows } = await sql`
    update simpul.picture_told set refused = ${because}, answered_at = ${tx.at}
    where release_id = ${release} and peer = ${envelope.from}`.execute(tx.rows);
  if (numAffectedRows !== 1n) throw new EnvelopeRefused("UNKNOWN_RECORD");
  tx.note("picture.refused-there", { id: release, peer: envelope.from, because });
}
