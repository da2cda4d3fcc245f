// Where investigators work: both of each pair put into cases, what is answered when one of them is nominated, searched for or checked
// at the border, and what whole pages say of them, with their own words taken out (VIC-2).
import { createHash } from "node:crypto";
import { addRecord } from "@simpul/features/cases/add.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import type { Id } from "@simpul/model";
import { casesNode } from "@simpul/server";
import type { Writer } from "@simpul/store";
import type { Nation, Person } from "../nations.ts";
import { standingOf, type Pair } from "./pairs.ts";

const days = 86_400_000;
export const inDays = (nation: Nation, n: number): string =>
  new Date(nation.clock.now().getTime() + n * days).toISOString().slice(0, 10);

export interface Placed {
  of: Pair["victim"];
  case: string;
  subject: string;
  selector: string;
  /** The same person in a second case. */
  again: { case: string; subject: string };
}
export const numberOf = (text: string): number => createHash("sha256").update(text).digest().readUIntBE(0, 6);
/** What an answer says without this person's own words, and without ids, digests, references and moments. */
export function plain(value: unknown, { of }: Placed): string {
  const own = [of.person.names[0]!.text, of.person.birth!, of.person.phones[0]!];
  return own
    .flatMap((word) => [word, word.toUpperCase()])
    .reduce((all, word) => all.replaceAll(word, "·"), JSON.stringify(value))
    .replaceAll(
      /[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{64}\b|"reference":"[^"]*"|"\d{4}-[^"]*Z"|\b[A-Z]{2}-\d{4}-\d{6}\b/g,
      "·",
    );
}

/** The acts of cases inside one transaction: thousands of records would else be thousands of transactions. */
const within = (node: CasesNode, tx: Writer): CasesNode => ({
  ...node,
  store: { ...node.store, write: (_, fn) => fn(tx) },
  wake: () => undefined,
});

/** Cases stay as small as cases are: a nomination reads all of its own. */
const together = 10;

/** Both of each pair as suspects of two cases, in an order that says nothing; ten pairs in a row share theirs. */
export async function place(
  id: Nation,
  sari: Person,
  pairs: readonly Pair[],
  chance: () => number,
): Promise<{ victim: Placed; other: Placed }[]> {
  const all: { victim: Placed; other: Placed }[] = [];
  for (let from = 0; from < pairs.length; from += together)
    all.push(...(await placeSome(id, sari, pairs.slice(from, from + together), chance)));
  return all;
}

async function placeSome(
  id: Nation,
  sari: Person,
  pairs: readonly Pair[],
  chance: () => number,
): Promise<{ victim: Placed; other: Placed }[]> {
  const open = async () =>
    (
      await sari.must<{ number: string }>("POST", "/api/cases", {
        ...{ title: "LATIHAN", crimeType: "trafficking-forced-criminality" },
      })
    ).number;
  const [first, second] = [await open(), await open()];
  const standing = await standingOf(id, sari);
  return id.node.store.write(standing, async (tx) => {
    const cases = within(casesNode(id.node), tx);
    const put = async (at: string, of: Pair["victim"]) => {
      const add = async (kind: "subject" | "selector", fields: object): Promise<Id> =>
        (await addRecord(cases, standing, at, kind, fields)).id;
      const { names, birth, phones } = of.person;
      const subject = await add("subject", { kind: "person", role: "suspect", names, birth });
      const phone = { type: "phone", written: phones[0]!, role: "suspect", subject };
      return { of, case: at, subject, selector: await add("selector", phone) };
    };
    const all: { victim: Placed; other: Placed }[] = [];
    for (const { victim, other } of pairs) {
      const turned = chance() < 0.5;
      const inOrder = turned ? [victim, other] : [other, victim];
      const made = [await put(first, inOrder[0]!), await put(first, inOrder[1]!)];
      const [one, two] = [
        { ...made[0]!, again: await put(second, inOrder[0]!) },
        { ...made[1]!, again: await put(second, inOrder[1]!) },
      ];
      all.push(turned ? { victim: one, other: two } : { victim: two, other: one });
    }
    return all;
  });
}

/**
 * Each a thing she does about one person, and all that she is answered. Throws where she is refused: a refusal reads alike of
 * everybody and would measure nothing.
 */
export function surfaces(
  id: Nation,
  sari: Person,
  yusuf: Person | null,
  one: Placed,
): [string, () => Promise<unknown>][] {
  const { person } = one.of;
  return [
    [
      "nomination",
      async () => {
        const nominated = await sari.must<{ id: string }>("POST", "/api/targets", {
          ...{ case: one.case, subject: one.subject, reasons: "LATIHAN: dua saksi dan pembayaran" },
          // Later than the last batch: what escalates in between would only disturb the times.
          followUp: { on: inDays(id, 90), text: "LATIHAN" },
        });
        return [nominated, await sari.must("GET", `/api/targets/${nominated.id}`)];
      },
    ],
    [
      "search",
      async () => [
        await sari.must("GET", `/api/cases/search?q=${encodeURIComponent(person.phones[0]!)}`),
        await sari.must("GET", `/api/cases/${one.case}/records/subject/${one.subject}/history`),
      ],
    ],
    ...(yusuf === null ? [] : [["border", () => check(yusuf, one)] as [string, () => Promise<unknown>]]),
  ];
}

const check = (yusuf: Person, { of: { person } }: Placed): Promise<unknown> =>
  yusuf.must("POST", "/api/border/check", { name: person.names[0]!.text, birth: person.birth! });

/** Every object of an answer that names one of them, the innermost. */
export function linesAbout(said: unknown, one: Placed): object[] {
  const own = [one.subject, one.selector, one.of.person.phones[0]!, one.of.person.names[0]!.text];
  const found: object[] = [];
  const walk = (value: unknown): boolean => {
    if (typeof value === "string") return own.some((word) => value.includes(word));
    if (typeof value !== "object" || value === null) return false;
    const inside = Object.values(value as Record<string, unknown>).map((each) => ({
      each,
      names: walk(each),
    }));
    const here = inside.some(({ each, names }) => names && typeof each === "string");
    if (here) found.push(value);
    return here || inside.some(({ names }) => names);
  };
  walk(said);
  return found;
}
