// What the three states of the exercise published in the months before it begins: invented counts, protected like true ones,
// the same at every node, so that the region's picture has something to show from the first minute.
import { createHash } from "node:crypto";
import {
  axes,
  definitions,
  monthAfter,
  monthOf,
  type Definition,
} from "@simpul/features/picture/contract.ts";
import { agreed, release } from "@simpul/features/picture/protect/release.ts";
import { keepRelease } from "@simpul/features/picture/records.ts";
import { asTheyAre } from "@simpul/features/picture/rules.ts";
import { NodeCode, type Id, type Random } from "@simpul/model";
import type { Node } from "@simpul/server";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Cast } from "./tell.ts";

const months = 6;
const states = ["id", "kh", "ph"] as const;
/** Who publishes at each node: one proposes, the other lets go. */
const publishers = { id: ["agus", "putri"], kh: ["sophea", "rithy"], ph: ["grace", "carlo"] } as const;

/** Bytes that follow from a word alone: every node draws the same. */
function drawn(word: string): Random {
  let nth = 0;
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let have = 0; have < length; have += 32)
        parts.push(
          createHash("sha256")
            .update(`EXERCISE ${word} ${String(nth++)}`)
            .digest(),
        );
      return new Uint8Array(Buffer.concat(parts).subarray(0, length));
    },
  };
}

const idOf = (word: string): Id => {
  const hex = createHash("sha256").update(`EXERCISE ${word}`).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-") as Id;
};

/** Where most people of the story were held, and what the three states see of it: all other cells stay small or empty. */
const much: Readonly<Record<string, readonly [row: string, column: string, count: number][]>> = {
  "victims-presumed": [
    ["forced-criminality", "man", 74],
    ["forced-criminality", "woman", 52],
    ["forced-labour", "man", 31],
    ["sexual", "woman", 22],
    ["forced-criminality", "girl", 16],
    ["forced-labour", "woman", 19],
  ],
  "victims-identified": [
    ["forced-criminality", "man", 41],
    ["forced-criminality", "woman", 33],
    ["forced-labour", "man", 18],
    ["forced-labour", "woman", 17],
  ],
  "victims-routes": [
    ["id", "kh", 68],
    ["ph", "kh", 44],
    ["id", "mm", 37],
    ["ph", "mm", 29],
    ["vn", "kh", 26],
    ["th", "kh", 21],
    ["vn", "mm", 24],
  ],
  "victims-recruitment": [
    ["telegram", "all", 71],
    ["facebook", "all", 58],
    ["acquaintance", "all", 27],
    ["agency", "all", 23],
    ["other-app", "all", 19],
  ],
  "victims-returned": [
    ["id", "all", 39],
    ["ph", "all", 33],
    ["vn", "all", 18],
  ],
  "cases-opened": [
    ["trafficking-forced-criminality", "all", 38],
    ["online-fraud", "all", 64],
    ["recruitment", "all", 29],
    ["laundering", "all", 21],
    ["trafficking-labour", "all", 17],
  ],
  "sites-by-area": [
    ["n10e102", "site", 34],
    ["n10e104", "site", 27],
    ["n16e098", "site", 31],
    ["n20e098", "site", 22],
    ["n14e120", "site", 25],
    ["s08e106", "recruitment", 19],
    ["n14e120", "recruitment", 21],
    ["n12e102", "border", 18],
  ],
  "persons-accused": [
    ["person", "all", 33],
    ["organisation", "all", 19],
  ],
  "persons-charged": [
    ["trafficking", "person", 26],
    ["online-fraud", "person", 31],
    ["laundering", "organisation", 18],
    ["trafficking", "organisation", 15],
  ],
  "persons-judged": [
    ["trafficking", "convicted", 17],
    ["online-fraud", "convicted", 23],
    ["online-fraud", "acquitted", 15],
    ["trafficking", "acquitted", 14],
  ],
  "assets-frozen": [
    ["wallet", "frozen", 42],
    ["account", "frozen", 57],
    ["wallet", "refused", 18],
    ["account", "refused", 21],
  ],
  "operations-held": [
    ["two", "held", 2],
    ["three", "held", 1],
  ],
  "adverts-found": [
    ["telegram", "recruitment", 212],
    ["feed", "recruitment", 96],
    ["telegram", "legitimate", 41],
    ["hotline", "recruitment", 23],
  ],
  "campaigns-found": [
    ["recruitment", "few", 11],
    ["recruitment", "tens", 5],
  ],
  "adverts-answered": [
    ["platform", "done", 31],
    ["platform", "refused", 9],
    ["warning", "open", 4],
  ],
  "requests-answered": [
    ["kh", "full", 34],
    ["id", "full", 31],
    ["ph", "partial", 22],
    ["kh", "none-held", 19],
    ["id", "partial", 18],
    ["ph", "full", 17],
  ],
  "requests-time": [
    ["kh", "week", 41],
    ["id", "week", 37],
    ["ph", "month", 24],
    ["kh", "day", 19],
    ["id", "month", 18],
  ],
  "checks-hits": [
    ["kh", "followed", 26],
    ["ph", "followed", 24],
    ["kh", "not-followed", 17],
    ["ph", "not-followed", 16],
  ],
  "legal-gaps": [
    ["no-electronic-evidence", "kh", 3],
    ["no-non-punishment", "id", 2],
    ["no-video", "ph", 1],
  ],
};

/** Rising to the raid, another measure for each state. */
function countsOf(one: Definition, state: string, nth: number): number[][] {
  const [rows, columns] = [axes[one.rows], axes[one.columns]] as [readonly string[], readonly string[]];
  const table = rows.map(() => columns.map(() => 0));
  const share = { id: 1, kh: 1.25, ph: 0.8 }[state] ?? 1;
  for (const [row, column, count] of much[one.figure] ?? [])
    table[rows.indexOf(row)]![columns.indexOf(column)] = Math.round(count * share * (0.7 + nth * 0.12));
  return table;
}

/** Tells a node what it and the two others published. Once, after `tellStory`. */
export async function tellPicture(node: Node, cast: Cast): Promise<void> {
  const last = monthAfter(monthOf(node.clock.now()), -2);
  const pair = publishers[node.code as (typeof states)[number]].map((key) => cast.get(key));
  const [one, two] = pair;
  if (one === undefined || two === undefined) return;
  for (const code of states) {
    const state = NodeCode.parse(code);
    const standing: Standing =
      state === node.code
        ? { actor: two, purpose: "crime-investigation" }
        : { actor: { kind: "peer", node: state }, purpose: "crime-investigation" };
    await node.store.write(standing, async (tx) => {
      for (let back = months - 1; back >= 0; back--) {
        const month = monthAfter(last, -back);
        for (const definition of definitions) {
          const { figure, version } = definition;
          const word = `${code} ${figure} ${month}`;
          const protection = definition.protects === "persons" ? agreed : asTheyAre;
          const { cells } = release(countsOf(definition, code, months - 1 - back), protection, drawn(word));
          const table = { state, figure, definition: version, month, cells, protection };
          await keepRelease(tx, {
            published: { ...table, rows: [...axes[definition.rows]], columns: [...axes[definition.columns]] },
            ...{
              id: idOf(word),
              number: 1,
              reason: "",
              at: new Date(`${monthAfter(month, 1)}-04T02:00:00Z`),
            },
            by: state === node.code ? { proposed: one.id, released: two.id } : null,
          });
          if (state !== node.code) continue;
          // The others hear it in their own telling, not by letter.
          await sql`insert into simpul.picture_told (release_id, peer, sent_at, answered_at)
            select ${idOf(word)}, peer, ${tx.at}, ${tx.at}
            from unnest(${states.filter((peer) => peer !== code)}::text[]) peer`.execute(tx.rows);
        }
      }
      tx.note("picture.released", { month: last });
    });
  }
}
