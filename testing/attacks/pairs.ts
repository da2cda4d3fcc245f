// A thousand pairs under legal review: one of each is a presumed victim in the compartment, and everything was done about both.
import type { Id, Officer } from "@simpul/model";
import { statusKind, type AtDesk, type DeskWriter } from "@simpul/features/victims/contract.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import { sweep, wordKind } from "@simpul/features/reviews/compare.ts";
import type { ReviewedPerson } from "@simpul/features/reviews/contract.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import { beginReview } from "@simpul/features/reviews/open.ts";
import { accessNode, casesNode, reviewsNode, victimsNode } from "@simpul/server";
import type { SessionView } from "@simpul/features/access/contract.ts";
import { openVictimDesk, type VictimDesk } from "../victim-desk.ts";
import type { Nation, Person } from "../nations.ts";
import { coins } from "./guess.ts";

export interface Pair {
  victim: { review: Id; person: ReviewedPerson };
  other: { review: Id; person: ReviewedPerson };
}
export interface Pairs {
  room: ReviewsNode;
  list: readonly Pair[];
  asker: Person;
  maya: VictimDesk;
  lestari: VictimDesk;
}

const first = [
  "Adi",
  "Bayu",
  "Citra",
  "Dewi",
  "Eka",
  "Fajar",
  "Gita",
  "Hadi",
  "Indah",
  "Joko",
  "Kartika",
  "Lina",
];
const last = [
  "Santoso",
  "Wijaya",
  "Halim",
  "Kusuma",
  "Lestari",
  "Nugroho",
  "Pratama",
  "Rahayu",
  "Saputra",
  "Utami",
];

/** Invented people, the same on every run; a name and a number that was never assigned are each one's own. */
function people(count: number, chance: () => number): ReviewedPerson[] {
  const of = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const two = (most: number): string => String(1 + Math.floor(chance() * most)).padStart(2, "0");
  const names = new Set<string>();
  while (names.size < count) names.add(`${of(first)} ${of(first)} ${of(first)} ${of(last)}`);
  return [...names].map((text, nth) => ({
    names: [{ text, language: "id" }],
    birth: `${1975 + Math.floor(chance() * 30)}-${two(12)}-${two(28)}`,
    nationalities: ["ID"],
    documents: [],
    phones: [`+62855${String(1_000_000 + nth)}`],
  }));
}

/** As whom she acts, for acts that take a standing. */
export async function standingOf(
  nation: Nation,
  person: Person,
): Promise<{ actor: Officer; purpose: AtDesk["purpose"] }> {
  const { officer: her, purpose, node } = await person.must<SessionView>("GET", "/api/access/session");
  const actor: Officer = {
    ...{ kind: "officer", id: her.id, node: node.code, roles: her.roles, provenAt: null },
    ...{ agency: her.agency.id, agencyKind: her.agency.kind, desk: her.desk.id },
  };
  return { actor, purpose };
}

/** Real acts on a real database; only the limit of what one desk may have pending is another. */
export async function makePairs(nation: Nation, count: number): Promise<Pairs> {
  const chance = coins(1_000);
  const access = accessNode(nation.node, nation.web.address);
  const room = reviewsNode(
    nation.node,
    casesNode(nation.node),
    compartmentOf(victimsNode(nation.node, access)),
  );
  const node: ReviewsNode = { ...room, law: { ...room.law, mostPendingPerDesk: 100_000 } };
  const asker = await nation.as("yusuf");
  const standing = await standingOf(nation, asker);
  const all = people(2 * count, chance);
  const ids: Id[] = [];
  for (let at = 0; at < all.length; at += 500)
    ids.push(
      ...(await node.store.write(standing, async (tx) => {
        const made: Id[] = [];
        for (const person of all.slice(at, at + 500))
          made.push(
            await beginReview(node, tx, { kind: "immigration-penalty", of: { person }, reason: "LATIHAN" }),
          );
        return made;
      })),
    );
  const list = Array.from({ length: count }, (_, nth): Pair => {
    const [a, b] = [2 * nth, 2 * nth + 1].map((i) => ({ review: ids[i]!, person: all[i]! }));
    return chance() < 0.5 ? { victim: a!, other: b! } : { victim: b!, other: a! };
  });
  const maya = await openVictimDesk(nation, "maya");
  const said = await protect(maya, list, chance);
  await agree(node, maya, said);
  const lestari = await openVictimDesk(nation, "lestari");
  await agree(node, lestari, said);
  return { room: node, list, asker, maya, lestari };
}

const status = (said: "presumed" | "identified" | "not-identified") => ({
  ...{ state: "id", authority: "Meja Korban (LATIHAN)", status: said, basis: "UU 21/2007" },
  ...{ reason: "LATIHAN", appeal: "LATIHAN" },
});

async function create(
  tx: DeskWriter,
  person: ReviewedPerson,
  said: "presumed" | "identified" | "not-identified",
) {
  const made = await tx.create({
    names: person.names.map(({ text }) => ({ text, use: "own" as const })),
    born: { written: person.birth!, read: person.birth, calendar: "common" },
    contacts: person.phones.map((text) => ({ how: "phone", text, safe: true })),
  });
  await tx.append(made, statusKind, status(said));
  return made;
}

type Words = Map<Id, { person: Id; says: "same" | "other" }>;

/** Whom the desk knows; of the others some look like somebody, who is somebody else. Gives what is said of whom. */
async function protect(desk: VictimDesk, list: readonly Pair[], chance: () => number): Promise<Words> {
  const said: Words = new Map();
  for (let at = 0; at < list.length; at += 250)
    await (
      await desk.desk()
    ).act(async (tx) => {
      for (const { victim, other } of list.slice(at, at + 250)) {
        const person = await create(tx, victim.person, chance() < 0.5 ? "presumed" : "identified");
        said.set(victim.review, { person, says: "same" });
        if (chance() < 0.15) {
          const alike = await create(tx, { ...other.person, phones: [] }, "presumed");
          said.set(other.review, { person: alike, says: "other" });
        } else if (chance() < 0.1) await create(tx, other.person, "not-identified");
      }
    });
  return said;
}

/** One officer's word about all of them, and what follows for the sealed book. */
async function agree(node: ReviewsNode, desk: VictimDesk, said: Words): Promise<void> {
  await (
    await desk.desk()
  ).act(async (tx) => {
    for (const [review, word] of said) {
      const data = { review, says: word.says, reason: "LATIHAN: dibandingkan" };
      await tx.append(word.person, wordKind, data);
    }
  });
  await sweep(node, desk.who);
}
