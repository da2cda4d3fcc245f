// The index that other states match against: what may be in it (HIT-1, HIT-12), its tags, its signed filter per type.
import { createHmac } from "node:crypto";
import {
  evaluateOwn,
  indexing,
  makeFilter,
  padTags,
  selectorInput,
  tagOf,
  typeKey,
  type CanonicalSelector,
} from "@simpul/match/oprf";
import { profileOf } from "@simpul/match/profiles";
import type { Evaluation, Id, SelectorType } from "@simpul/model";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import type { SelectorOfCase } from "../../cases/contract.ts";
import { jobStanding, type ChecksNode } from "../node.ts";
import { epochOf } from "../rules.ts";
import { sha256 } from "../wire.ts";
import { canariesOf } from "./canaries.ts";
import { destroySeeds, newSeedOf } from "./seeds.ts";

const day = 86_400_000;

/** Whether this selector of a case may be found by others, by the terms in force at this node. */
export function mayBeFound(node: Pick<ChecksNode, "terms">, selector: SelectorOfCase, now: Date): boolean {
  const keeping = node.terms.keeping[selector.crimeType];
  const { source, information } = selector.evaluation;
  // EV-3: X4 says "not evaluated".
  const evaluation: Evaluation | null =
    source === "X" && information === "4" ? null : { source, information };
  const reviewBy =
    keeping === undefined
      ? null
      : new Date(new Date(selector.openedAt).getTime() + keeping.reviewAfterDays * day);
  const ruling = indexing(
    {
      role: selector.role,
      covert: selector.covert,
      legalBasis: keeping?.basis ?? null,
      evaluation,
      reviewBy,
      // A case holds what this state found; what others gave lies with its request and its terms.
      originator: null,
      handling: selector.handling,
    },
    now,
  );
  // HIT-3: only values of the published profile in force can be asked for.
  return ruling.kind === "indexed" && selector.profile === profileOf(selector.type);
}

/** Every value that may be found, once, by type. */
async function findable(node: ChecksNode): Promise<Map<SelectorType, Set<string>>> {
  const now = node.clock.now();
  const found = new Map<SelectorType, Set<string>>(node.terms.index.types.map((type) => [type, new Set()]));
  return node.store.read(jobStanding, async (db) => {
    for (let after: Id | null = null; ;) {
      const some: SelectorOfCase[] = await node.cases.everySelector(db, after, 5_000);
      for (const one of some) if (mayBeFound(node, one, now)) found.get(one.type)?.add(one.canonical);
      const last = some.at(-1);
      if (last === undefined) return found;
      after = last.record;
    }
  });
}

/** Gives way to requests between batches: a long rebuild is nobody's business. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tags of these selectors; those known from before are not computed again, those no longer wanted are forgotten. */
async function tagsOf(
  node: ChecksNode,
  of: { epoch: string; type: SelectorType; seed: Uint8Array; secretKey: Uint8Array },
  selectors: readonly CanonicalSelector[],
): Promise<number[]> {
  const { epoch, type, seed } = of;
  const known = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ value: Buffer; tag: number }>`
      select value, tag from simpul.check_tags where epoch = ${epoch} and type = ${type}`.execute(db.rows);
    return new Map(rows.map((row) => [row.value.toString("base64"), row.tag]));
  });
  const nameOf = (input: Uint8Array): string => createHmac("sha256", seed).update(input).digest("base64");
  const wanted = new Map(
    selectors.map((one): [string, Uint8Array] => {
      const input = selectorInput(one);
      return [nameOf(input), input];
    }),
  );
  const fresh = [...wanted].filter(([name]) => !known.has(name));
  const stale = [...known.keys()].filter((name) => !wanted.has(name));
  for (let at = 0; at < fresh.length; at += 256) {
    const some = fresh.slice(at, at + 256);
    const outputs = evaluateOwn(
      node.engine,
      "voprf",
      of.secretKey,
      some.map(([, input]) => input),
    );
    some.forEach(([name], i) => known.set(name, tagOf(outputs[i]!)));
    await breathe();
  }
  if (fresh.length + stale.length > 0)
    await node.store.write(jobStanding, async (tx) => {
      for (let at = 0; at < fresh.length; at += 5_000) {
        const some = fresh.slice(at, at + 5_000).map(([name]) => name);
        await sql`insert into simpul.check_tags (epoch, type, value, tag)
          select ${epoch}, ${type}, decode(name, 'base64'), tag
          from unnest(${some}::text[], ${some.map((name) => known.get(name)!)}::bigint[]) as t (name, tag)
          on conflict do nothing`.execute(tx.rows);
      }
      for (let at = 0; at < stale.length; at += 5_000)
        await sql`delete from simpul.check_tags where epoch = ${epoch} and type = ${type}
          and value in (select decode(name, 'base64') from unnest(${stale.slice(at, at + 5_000)}::text[]) as t (name))`.execute(
          tx.rows,
        );
      tx.note("check.tags-kept", { type, epoch, added: fresh.length, forgotten: stale.length });
    });
  return [...wanted.keys()].map((name) => known.get(name)!);
}

interface Standing {
  content: string;
  key_id: string;
  made_at: Date;
}

/**
 * Brings the index up to date: what was removed, re-graded, made covert or said to be a victim's is gone with it
 * (HIT-12). Gives the types whose filter changed. Does nothing where nothing changed and the filter is fresh.
 */
export async function buildIndex(node: ChecksNode): Promise<SelectorType[]> {
  await destroySeeds(node);
  const now = node.clock.now();
  const epoch = epochOf(now);
  const seed = await newSeedOf(node, epoch);
  const found = await findable(node);
  const changed: SelectorType[] = [];
  for (const [type, values] of found) {
    const keys = typeKey(node.engine, seed, { node: node.code, type, epoch });
    const own = [...values].map((canonical) => ({ type, profile: profileOf(type), canonical }));
    const all = [...own, ...canariesOf(node, type, seed)];
    const known = await tagsOf(node, { epoch, type, seed, secretKey: keys.secretKey }, all);
    const tags = padTags(node.engine, known, { step: node.terms.index.padStep, seed, key: keys.published });
    const content = sha256(new Uint8Array(tags.buffer, tags.byteOffset, tags.byteLength));
    const standing = await node.store.read(jobStanding, async (db) => {
      const { rows } = await sql<Standing>`select content, key_id, made_at from simpul.check_indexes
        where epoch = ${epoch} and type = ${type}`.execute(db.rows);
      return rows[0];
    });
    const fresh =
      standing !== undefined &&
      standing.key_id === keys.published.id &&
      now.getTime() - standing.made_at.getTime() < node.terms.index.freshHours * 3_600_000;
    if (fresh && standing.content === content) continue;
    const notAfter = new Date(now.getTime() + node.terms.index.validHours * 3_600_000);
    const { bytes, header } = await makeFilter(
      { key: keys.published, profile: profileOf(type), tags, madeAt: now, notAfter },
      { hash: nodeVerifying.hash, signer: node.signer },
    );
    const { id, publicKey } = keys.published;
    await node.store.write(jobStanding, async (tx) => {
      await sql`insert into simpul.check_indexes
          (epoch, type, key_id, public_key, profile, records, tags, digest, content, file, made_at, not_after)
        values (${epoch}, ${type}, ${id}, ${publicKey}, ${profileOf(type)}, ${values.size}, ${header.count},
          ${sha256(bytes)}, ${content}, ${Buffer.from(bytes)}, ${now}, ${notAfter})
        on conflict (epoch, type) do update set key_id = excluded.key_id, public_key = excluded.public_key,
          profile = excluded.profile, records = excluded.records, tags = excluded.tags, digest = excluded.digest,
          content = excluded.content, file = excluded.file, made_at = excluded.made_at,
          not_after = excluded.not_after`.execute(tx.rows);
      tx.note("check.index-made", { type, epoch, records: values.size, tags: header.count });
    });
    changed.push(type);
    await breathe();
  }
  seed.fill(0);
  return changed;
}
