// A new version of our list: its active entries, signed by its authority, kept here and given to the states it is for.
import { createHash } from "node:crypto";
import { borderInput, borderKey, evaluateOwn, searchTag, type BorderKind } from "@simpul/match/oprf";
import { nameBirthKey } from "@simpul/match/names";
import { documentKey } from "@simpul/match/profiles";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { isWeak, type WatchEntry } from "./contract.ts";
import type { ListRow } from "./lists.ts";
import type { WatchListsNode } from "./node.ts";
import { signList, type Statement } from "./statement.ts";

export const seedContext = (list: Id, version: number): string => `watch-list:${list}:${version}`;
export const keyName = (list: Id, version: number): string => `${list}/${version}`;

/** Signs the next version and puts it into the outbox for each recipient. */
export async function publish(
  node: WatchListsNode,
  tx: Writer,
  list: ListRow & { added: boolean; agreedBy?: Id },
): Promise<void> {
  const { rows } = await sql<{ id: Id; entry: WatchEntry }>`select id, entry from simpul.watch_entries
    where list_id = ${list.id} and state = 'active' order by id`.execute(tx.rows);
  const agencies = await sql<{
    name: string;
  }>`select name from simpul.agencies where id = ${list.agency_id}`.execute(tx.rows);
  const version = list.version + 1;
  const whole: Statement = {
    v: 1,
    list: list.id,
    from: node.code,
    agency: list.agency_id,
    agencyName: agencies.rows[0]?.name ?? "",
    version,
    title: list.title,
    legalBasis: list.legal_basis,
    call: list.call,
    at: tx.at.toISOString(),
    until: list.until.toISOString(),
    handling: ["H1", "H2"],
    entries: rows.map(({ id, entry }) => ({ id, ...entry })),
    stays: null,
  };
  const signer = await node.agencySigner(list.agency_id);
  const kept = JSON.stringify(await signList(whole, signer));
  let given = kept;
  let seed: Uint8Array | null = null;
  if (list.stays) {
    seed = node.random.bytes(32);
    given = JSON.stringify(
      await signList({ ...whole, entries: [], stays: tagsOf(node, whole, seed) }, signer),
    );
  }
  const wrapped = seed === null ? null : Buffer.from(node.box.wrap(seed, seedContext(list.id, version)));
  await sql`update simpul.watch_lists set state = 'active', version = ${version}, statement = ${kept},
      signed_by = ${Buffer.from(signer.publicKey)}, seed = ${wrapped}, agreed_by = coalesce(agreed_by, ${list.agreedBy ?? null}),
      agreed_at = coalesce(agreed_at, ${tx.at})
    where id = ${list.id}`.execute(tx.rows);
  for (const to of list.recipients) {
    await sql`insert into simpul.watch_list_holders (list_id, peer, version, sent_at)
      values (${list.id}, ${to}, ${version}, ${tx.at})
      on conflict (list_id, peer) do update set version = excluded.version, sent_at = excluded.sent_at,
        refused = null`.execute(tx.rows);
    await tx.send({
      id: tx.newId(),
      to,
      // What only takes away or corrects reaches every holder, whoever is excluded there.
      kind: list.added ? "watch-list.given" : "watch-list.changed",
      body: { agency: list.agency_id, list: list.id, version, statement: given },
      urgent: !list.added,
    });
  }
  const digest = createHash("sha256").update(given).digest("hex");
  tx.note("watch-list.signed", { id: list.id, version, entries: rows.length, statement: digest });
}

/** What another state needs to ask about a list that stays: outputs that say nothing without our evaluation (HIT-4). */
function tagsOf(
  node: WatchListsNode,
  { list, version, entries }: Statement,
  seed: Uint8Array,
): Statement["stays"] {
  const keys = borderKey(node.engine, seed, keyName(list, version));
  const tags = (kind: BorderKind, values: readonly (string | null)[]): string[] => {
    const inputs = [...new Set(values)].flatMap((one) => (one === null ? [] : [borderInput(kind, one)]));
    if (inputs.length === 0) return [];
    return evaluateOwn(node.engine, "voprf", keys.secretKey, inputs).map(searchTag).sort();
  };
  return {
    publicKey: Buffer.from(keys.publicKey).toString("hex"),
    tags: {
      // EV-6: a weak entry cannot be marked as one in there; it is left out.
      document: tags(
        "document",
        strong(entries).map((one) => one.document && documentKey(one.document)),
      ),
      "name-birth": tags(
        "name-birth",
        strong(entries).map((one) => nameBirthKey(one.name, one.birth)),
      ),
    },
  };
}

const strong = (entries: Statement["entries"]): Statement["entries"] =>
  entries.filter(({ evaluation }) => !isWeak(evaluation));
