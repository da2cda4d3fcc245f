// The asking node evaluates what the other desk blinded: it learns how many elements there are, in steps, and nothing else.
import { ExchangeError } from "@simpul/exchange";
import { evaluateWithProof, OprfError, readElements, searchKey, toBase64url } from "@simpul/match/oprf";
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { jobStanding, seedContext, type SearchNode } from "./node.ts";
import type { SearchRow } from "./rows.ts";
import { elementStep, Evaluate, mostElements, print, readAs } from "./wire.ts";

/**
 * Answers `victim-search.evaluate`. Each search has so many evaluations and no more: whoever holds its tags could try
 * numbers against them as long as we answer.
 */
export async function evaluateFor(node: SearchNode, peer: NodeCode, body: Uint8Array): Promise<Uint8Array> {
  const ask = readAs(Evaluate, body);
  const elements = elementsOf(ask.elements);
  const count = elements.length / 32;
  if (count % elementStep !== 0 || count > mostElements) throw new ExchangeError("BAD_REQUEST", "elements");
  const seed = await node.store.write(jobStanding, async (tx) => {
    const { rows } = await sql<SearchRow>`select * from simpul.victim_searches
      where id = ${ask.search} and peer = ${peer} and state = 'asked' for update`.execute(tx.rows);
    const row = rows[0];
    if (row === undefined || row.seed === null) throw new ExchangeError("NOT_FOUND", "search");
    if (row.evaluated + count > node.law.search.mostElements) throw new ExchangeError("TOO_MANY", "elements");
    await sql`update simpul.victim_searches set evaluated = evaluated + ${count} where id = ${row.id}`.execute(
      tx.rows,
    );
    tx.note("victim-search.evaluated", { id: row.id, peer, count });
    return node.box.unwrap(row.seed, seedContext(row.id));
  });
  try {
    const keys = searchKey(node.engine, seed, ask.search);
    const { evaluated, proof } = evaluateWithProof(node.engine, keys, elements, node.random);
    return print({ evaluated: toBase64url(evaluated), proof: toBase64url(proof) });
  } catch (fault) {
    if (fault instanceof OprfError) throw new ExchangeError("BAD_REQUEST", fault.code, fault);
    throw fault;
  } finally {
    seed.fill(0);
  }
}

function elementsOf(text: string): Uint8Array {
  try {
    return readElements(text);
  } catch (fault) {
    if (fault instanceof OprfError) throw new ExchangeError("BAD_REQUEST", fault.code, fault);
    throw fault;
  }
}
