// What the rows of items and peers tell `doctor`: whose bytes are missing, which peer is away or has another time.
import path from "node:path";
import { peerStandings } from "@simpul/exchange";
import { Digest } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import { stat } from "node:fs/promises";
import { sql } from "kysely";
import { bad, ok, spell, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";

const standing: Standing = { actor: { kind: "job", name: "doctor" }, purpose: "administration" };

/** Every item has its bytes in the evidence store. Whether they are still the same is checked whenever they are read. */
export async function itemFinding(store: OpenStore, folder: string): Promise<Finding> {
  const digests = await store.read(standing, async ({ rows }) => {
    const found = await sql<{ digest: string }>`
      select distinct encode(sealed_digest, 'hex') as digest from simpul.evidence_items
      where state = 'sealed'`.execute(rows);
    return found.rows.map((row) => Digest.parse(row.digest));
  });
  let missing = 0;
  for (const digest of digests) {
    const file = path.join(folder, digest.slice(0, 2), digest.slice(2, 4), digest);
    if ((await stat(file).catch(() => null)) === null) missing += 1;
  }
  return missing === 0
    ? ok("items", `${digests.length} items, all with their bytes`)
    : bad(
        "items",
        `${missing} of ${digests.length} items have no bytes in the evidence store`,
        "bring the evidence folder back from the backup: copy its blobs, they are named by digest",
      );
}

const healths: Readonly<Record<string, string>> = {
  down: "does not answer",
  "clock-off": "has another time than this node: requests are refused",
  refusing: "refuses this node",
  behind: "is behind what was sent to it",
};

export async function peerFindings(store: OpenStore): Promise<Finding[]> {
  const peers = await peerStandings(store);
  if (peers.length === 0) return [ok("peers", "no other state is connected")];
  const lags = await clockLags(store);
  return peers.flatMap((peer): Finding[] => {
    const name = `peer.${peer.node}`;
    if (peer.state === "proposed")
      return [
        warn(
          name,
          `${peer.node} is entered and not confirmed`,
          "a second person compares its pin and confirms it",
        ),
      ];
    if (peer.state === "stopped") return [ok(name, `${peer.node} was stopped`)];
    const heard =
      peer.heardAt === null
        ? "never heard"
        : `heard ${spell((Date.now() - peer.heardAt.getTime()) / 1000)} ago`;
    const trouble = healths[peer.health];
    const found: Finding[] = [
      trouble === undefined
        ? ok(name, `${peer.node}: ${heard}`)
        : warn(name, `${peer.node} ${trouble} (${heard})`, todoFor(peer.health, peer.node)),
    ];
    const lag = lags.get(peer.node);
    // A cosignature cannot be older than the head it signs, unless the two clocks differ.
    if (lag !== undefined && lag < -5)
      found.push(
        warn(
          `clock.${peer.node}`,
          `the clock of ${peer.node} is at least ${spell(-lag)} behind this node's`,
          "set both by a time server; requests are refused when they are a minute apart",
        ),
      );
    return found;
  });
}

const todoFor = (health: string, node: string): string =>
  health === "clock-off"
    ? "set this node's clock by a time server, then ask the other side to do so"
    : `ask the operators of ${node}`;

/** Seconds from each head of ours to a peer's signature over it, the least of the last hundred. */
async function clockLags(store: OpenStore): Promise<Map<string, number>> {
  const { rows } = await store.chore("doctor", (keeper) =>
    sql<{ node: string; lag: number }>`
      select left(cosigner, 2) as node, min(lag)::float8 as lag from (
        select c.cosigner, extract(epoch from c.at - h.at) as lag,
          row_number() over (partition by c.cosigner order by c.size desc) as nth
        from simpul.cosignatures c join simpul.heads h on h.log = c.log and h.size = c.size) each
      where nth <= 100 group by 1`.execute(keeper.rows),
  );
  return new Map(rows.map(({ node, lag }) => [node, lag]));
}
