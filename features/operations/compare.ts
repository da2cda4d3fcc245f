// Deconfliction (OP-2): before a state says go, its sites and identifiers are compared privately with the plans of the others.
import { ExchangeError } from "@simpul/exchange";
import {
  blind,
  evaluateOwn,
  evaluateWithProof,
  finaliseVerified,
  fromBase64url,
  OprfError,
  planInput,
  planKey,
  readElements,
  searchTag,
  toBase64url,
  type KeyPair,
  type PlanKind,
} from "@simpul/match/oprf";
import type { Id, NodeCode } from "@simpul/model";
import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { OperationsError } from "./contract.ts";
import { demandOn, jobStanding, type OfOfficer, type OperationsNode } from "./node.ts";
import {
  identifiersOf,
  operation,
  sitesOf,
  subjectOf,
  windowOf,
  type OperationRow,
  type Rows,
} from "./records.ts";
import { askedCells, heldCells } from "./rules.ts";
import { AskCompare, Compared, compareLimits, compareQuestion } from "./wire.ts";

/** One value of a plan as it stands in the comparison, and what it is called in that plan. */
interface Value {
  kind: PlanKind;
  value: string;
  what: string;
}

/** For how long after the turn of a month tags may still be those of the month before. */
const grace = 3 * 86_400_000;
const epochOf = (at: Date): string => at.toISOString().slice(0, 7);
const context = (epoch: string): string => `operation-epoch:${epoch}`;

/** Our key of the month, made when it is first asked for. */
async function keysOf(node: OperationsNode, epoch: string): Promise<KeyPair & { seed: Uint8Array }> {
  const find = () =>
    node.store.read(jobStanding, async (db) => {
      const { rows } = await sql<{ seed: Buffer }>`
        select seed from simpul.operation_keys where epoch = ${epoch}`.execute(db.rows);
      return rows[0] === undefined ? null : node.box.unwrap(rows[0].seed, context(epoch));
    });
  let seed = await find();
  if (seed === null) {
    const wrapped = Buffer.from(node.box.wrap(node.random.bytes(32), context(epoch)));
    await node.store.write(jobStanding, async (tx) => {
      await sql`insert into simpul.operation_keys (epoch, seed, made_at)
        values (${epoch}, ${wrapped}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
      tx.note("operation.key-made", { epoch });
    });
    seed = (await find())!;
  }
  return { ...planKey(node.engine, seed, epoch), seed };
}

/** Destroys the keys of past months: nobody can try values against what was answered then. Days of grace for late letters. */
export async function destroyOldKeys(node: OperationsNode): Promise<void> {
  const oldest = epochOf(new Date(node.clock.now().getTime() - grace));
  const old = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql`select 1 from simpul.operation_keys where epoch < ${oldest}`.execute(db.rows);
    return rows.length;
  });
  if (old === 0) return;
  await node.store.write(jobStanding, async (tx) => {
    const gone = await sql`delete from simpul.operation_keys where epoch < ${oldest}`.execute(tx.rows);
    tx.note("operation.keys-destroyed", { before: oldest, count: Number(gone.numAffectedRows ?? 0n) });
  });
}

const distinct = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((one) => [`${one.kind} ${one.value}`, one])).values(),
];

async function valuesOf(
  db: Rows,
  own: NodeCode,
  row: OperationRow,
  cells: typeof askedCells,
): Promise<Value[]> {
  const sites = (await sitesOf(db, row.id)).filter((site) => site.node === own && site.place !== null);
  const identifiers = await identifiersOf(db, row.id);
  return distinct([
    ...sites.flatMap((site) =>
      cells(site.place!, windowOf(row)).map((value): Value => ({ kind: "site", value, what: site.label })),
    ),
    ...identifiers.map(({ type, canonical }): Value => ({
      kind: "identifier",
      value: `${type} ${canonical}`,
      what: `${type} ${canonical}`,
    })),
  ]);
}

interface Held extends Value {
  operation: Id;
}
/** What our plans hold that are still to come or under way; drafts too, for two who plan must hear of each other early. */
async function held(node: OperationsNode, db: Rows, but: Id | null): Promise<Held[]> {
  const { rows } = await sql<OperationRow>`select * from simpul.operations
    where state <> 'recalled' and ends_at > ${node.clock.now()} and id is distinct from ${but}
    order by ends_at limit 300`.execute(db.rows);
  const all: Held[] = [];
  for (const row of rows)
    for (const one of await valuesOf(db, node.code, row, heldCells)) all.push({ ...one, operation: row.id });
  return all;
}

const tagsOf = (node: OperationsNode, keys: KeyPair, values: readonly Value[]): string[] =>
  values.length === 0
    ? []
    : evaluateOwn(
        node.engine,
        "voprf",
        keys.secretKey,
        values.map((one) => planInput(one.kind, one.value)),
      ).map(searchTag);

/** As many tags as a round number says, so that their count tells nothing of how much is planned. */
function padded(tags: readonly string[], seed: Uint8Array): string[] {
  const all = new Set(tags);
  const wanted = Math.max(1, Math.ceil(all.size / compareLimits.padTo)) * compareLimits.padTo;
  for (let i = 0; all.size < wanted; i++)
    all.add(createHmac("sha256", seed).update(`simpul/plan-pad/1 ${i}`).digest("hex").slice(0, 32));
  return [...all].sort();
}

/** Answers a state that compares its plan with ours: it is logged and limited; neither side's plans show. */
export async function answerCompare(
  node: OperationsNode,
  peer: NodeCode,
  body: Uint8Array,
): Promise<Uint8Array> {
  const print = (answer: object): Uint8Array => Buffer.from(JSON.stringify({ v: 1, ...answer }));
  let ask: ReturnType<typeof AskCompare.parse>;
  let elements: Uint8Array;
  try {
    ask = AskCompare.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    elements = readElements(ask.elements);
  } catch (cause) {
    throw new ExchangeError("BAD_REQUEST", "no comparison", cause);
  }
  const count = elements.length / 32;
  if (count > compareLimits.elements) throw new ExchangeError("BAD_REQUEST", "too many");
  const day = node.clock.now().toISOString().slice(0, 10);
  const admitted = await node.store.write(jobStanding, async (tx) => {
    const { rows } = await sql<{ asked: number; elements: number }>`
      insert into simpul.operation_questions as q (peer, day, asked, elements) values (${peer}, ${day}, 1, ${count})
      on conflict (peer, day) do update set asked = q.asked + 1, elements = q.elements + ${count}
      returning asked, elements`.execute(tx.rows);
    const good = rows[0]!.asked <= compareLimits.asked && rows[0]!.elements <= compareLimits.elementsADay;
    tx.note("operation.comparison-answered", { peer, count, limited: !good });
    return good;
  });
  if (!admitted) return print({ kind: "limited" });
  const epoch = epochOf(node.clock.now());
  const keys = await keysOf(node, epoch);
  const values = await node.store.read(jobStanding, async (db) => {
    // Only a state that takes part may have its operation left out; of another's nothing is hidden from it.
    const { rows } = await sql`select 1 from simpul.operations where id = ${ask.operation}
      and ${peer} = any (parties)`.execute(db.rows);
    return held(node, db, rows.length > 0 ? ask.operation : null);
  });
  try {
    const { evaluated, proof } = evaluateWithProof(node.engine, keys, elements, node.random);
    return print({
      ...{ kind: "compared", epoch, publicKey: Buffer.from(keys.publicKey).toString("hex") },
      ...{ evaluated: toBase64url(evaluated), proof: toBase64url(proof) },
      tags: padded(tagsOf(node, keys, values), keys.seed).slice(0, compareLimits.tags),
    });
  } catch (fault) {
    if (fault instanceof OprfError) throw new ExchangeError("BAD_REQUEST", fault.code, fault);
    throw fault;
  }
}

type Heard =
  | { outcome: "answered"; met: { value: Value; tag: string }[] }
  | { outcome: "not-reached" | "not-believed" | "limited" };

async function askOne(
  node: OperationsNode,
  peer: NodeCode,
  of: { operation: Id | null },
  values: readonly Value[],
): Promise<Heard> {
  if (values.length === 0) return { outcome: "answered", met: [] };
  const inputs = values.map((one) => planInput(one.kind, one.value));
  const blinded = blind(node.engine, "voprf", inputs, node.random);
  const body = JSON.stringify({ v: 1, operation: of.operation, elements: toBase64url(blinded.blinded) });
  let answer: Uint8Array;
  try {
    answer = await node.ask(peer, compareQuestion, Buffer.from(body));
  } catch (fault) {
    if (fault instanceof ExchangeError) return { outcome: "not-reached" };
    throw fault;
  }
  try {
    const said = Compared.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer)));
    if (said.kind === "limited") return { outcome: "limited" };
    if (!(await sameKey(node, peer, said))) return { outcome: "not-believed" };
    const outputs = finaliseVerified(
      node.engine,
      { ...blinded, inputs, publicKey: Buffer.from(said.publicKey, "hex") },
      { evaluated: readElements(said.evaluated), proof: fromBase64url(said.proof) },
    );
    const tags = new Set(said.tags);
    const met = outputs
      .map((output, i) => ({ value: values[i]!, tag: searchTag(output) }))
      .filter(({ tag }) => tags.has(tag));
    return { outcome: "answered", met };
  } catch {
    return { outcome: "not-believed" };
  }
}

/** A state keeps one key for a month: one key for us alone would let it tell our question from others'. */
const sameKey = (
  node: OperationsNode,
  peer: NodeCode,
  { epoch, publicKey }: { epoch: string; publicKey: string },
): Promise<boolean> =>
  node.store.write(jobStanding, async (tx) => {
    const made = await sql`insert into simpul.operation_peer_keys (peer, epoch, public_key, seen_at)
      values (${peer}, ${epoch}, ${publicKey}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
    const { rows } = await sql<{ public_key: string }>`select public_key from simpul.operation_peer_keys
      where peer = ${peer} and epoch = ${epoch}`.execute(tx.rows);
    const same = rows[0]?.public_key === publicKey;
    if (made.numAffectedRows === 1n || !same) tx.note("operation.peer-key-seen", { peer, epoch, same });
    return same;
  });

async function keepCollision(
  tx: { rows: Rows["rows"]; at: Date },
  of: { operation: Id; peer: NodeCode; heard: "asked" | "told" },
  value: Pick<Value, "kind" | "what">,
): Promise<void> {
  await sql`insert into simpul.operation_collisions (operation_id, peer, kind, what, heard, at)
    values (${of.operation}, ${of.peer}, ${value.kind}, ${value.what}, ${of.heard}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
}

/** Asks every other state, and our own plans. What was met is told to the liaison officers of both, and to nobody else. */
export async function compare(node: OperationsNode, standing: OfOfficer, id: Id): Promise<void> {
  const { row, subject, values } = await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id);
    await demandOn(node, standing, tx, "operation.act", { id, author: row.made_by });
    if (row.state === "recalled" || row.ends_at <= tx.at) throw new OperationsError("NOT_IN_THIS_STATE");
    tx.note("operation.comparison-asked", { id });
    const subject = await subjectOf(tx, node.code, row);
    return { row, subject, values: await valuesOf(tx, node.code, row, askedCells) };
  });
  const peers = await node.peers();
  const few = values.slice(0, compareLimits.elements);
  const heard = await Promise.all(
    peers.map(async (peer) => {
      const operation = row.parties.includes(peer) && row.sent_at !== null ? id : null;
      return { peer, ...(await askOne(node, peer, { operation }, few)) };
    }),
  );
  const ours = await node.store.read(jobStanding, (db) => held(node, db, id));
  await node.store.write(jobStanding, async (tx) => {
    for (const one of heard) {
      await keepCompared(tx, { id, subject, peer: one.peer, outcome: one.outcome });
      if (one.outcome !== "answered" || one.met.length === 0) continue;
      for (const { value } of one.met)
        await keepCollision(tx, { operation: id, peer: one.peer, heard: "asked" }, value);
      const tags = [...new Set(one.met.map(({ tag }) => tag))].slice(0, 200);
      await tx.send({ id: tx.newId(), to: one.peer, kind: "operation.collision", body: { tags } });
    }
    await keepCompared(tx, { id, subject, peer: node.code, outcome: "answered" });
    const asked = new Map(values.map((one) => [`${one.kind} ${one.value}`, one]));
    for (const other of ours) {
      const mine = asked.get(`${other.kind} ${other.value}`);
      if (mine === undefined) continue;
      await keepCollision(tx, { operation: id, peer: node.code, heard: "asked" }, mine);
      await keepCollision(tx, { operation: other.operation, peer: node.code, heard: "told" }, other);
    }
    tx.note("operation.compared", { id, states: peers });
  });
  node.wake(`operation:${id}`);
  node.send();
}

async function keepCompared(
  tx: { rows: Rows["rows"]; at: Date },
  of: { id: Id; subject: string; peer: NodeCode; outcome: string },
): Promise<void> {
  await sql`insert into simpul.operation_compared (operation_id, subject, peer, outcome, at)
    values (${of.id}, ${of.subject}, ${of.peer}, ${of.outcome}, ${tx.at})
    on conflict (operation_id, subject, peer) do update set outcome = excluded.outcome, at = excluded.at`.execute(
    tx.rows,
  );
}

/** Another state met a plan of ours: which, only we can tell. False where none of ours has these tags. */
export async function hearCollision(
  node: OperationsNode,
  peer: NodeCode,
  tags: readonly string[],
): Promise<boolean> {
  // At the turn of a month the tags may be those of the month before.
  const now = node.clock.now();
  const months = [...new Set([epochOf(now), epochOf(new Date(now.getTime() - grace))])];
  const values = await node.store.read(jobStanding, (db) => held(node, db, null));
  const met = new Set<Held>();
  for (const epoch of months) {
    const known = tagsOf(node, await keysOf(node, epoch), values);
    known.forEach((tag, i) => {
      if (tags.includes(tag)) met.add(values[i]!);
    });
  }
  if (met.size === 0) return false;
  await node.store.write(jobStanding, async (tx) => {
    for (const one of met) await keepCollision(tx, { operation: one.operation, peer, heard: "told" }, one);
    tx.note("operation.collision-told", { peer });
  });
  for (const { operation: id } of met) node.wake(`operation:${id}`);
  return true;
}

/** A liaison officer has seen what was met, and talked where it was needed. Throws `NOT_COMPARED`. */
export async function clear(node: OperationsNode, standing: OfOfficer, id: Id, note: string): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    await demandOn(node, standing, tx, "operation.clear", { id, author: row.made_by });
    const subject = await subjectOf(tx, node.code, row);
    const { rows } = await sql<{ collided: boolean; compared: boolean; unreached: boolean }>`select
        exists (select from simpul.operation_compared where operation_id = ${id} and subject = ${subject}) as compared,
        exists (select from simpul.operation_compared where operation_id = ${id} and subject = ${subject}
          and outcome <> 'answered') as unreached,
        exists (select from simpul.operation_collisions where operation_id = ${id}) as collided`.execute(
      tx.rows,
    );
    const found = rows[0]!;
    // What was met, and who was not reached, is answered for by a word of hers.
    if (!found.compared || ((found.collided || found.unreached) && note.length < 3))
      throw new OperationsError("NOT_COMPARED");
    await sql`insert into simpul.operation_clearings (operation_id, subject, note, by_officer, at)
      values (${id}, ${subject}, ${note}, ${standing.actor.id}, ${tx.at})
      on conflict (operation_id, subject) do update set note = excluded.note, by_officer = excluded.by_officer,
        at = excluded.at`.execute(tx.rows);
    tx.note("operation.cleared", { id });
  });
  node.wake(`operation:${id}`);
}
