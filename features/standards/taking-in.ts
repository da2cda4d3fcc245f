// A file of the standard is looked at first and then taken in, in the open desk only; each record is a new person.
import { entriesOf, type AtDesk, type OpenDesk, type Person } from "@simpul/features/victims/contract.ts";
import { noAccount, type Account } from "./account.ts";
import type { FilePreview } from "./contract.ts";
import { readFile } from "./files.ts";
import { readRecord, type Told } from "./htcds.ts";
import { accountKind, type StandardsNode } from "./node.ts";

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();

/** The newest account of a person; an empty one where no file and nobody said anything. */
export const accountOf = (person: Person): Account =>
  entriesOf(person, accountKind).at(-1)?.data ?? noAccount;

/** The same name, and no date of birth that says otherwise. */
function alike(desk: OpenDesk): (facts: Told["facts"]) => string | null {
  const byName = new Map<string, Person[]>();
  for (const person of desk.people())
    for (const { text } of person.facts.names)
      byName.set(plain(text), [...(byName.get(plain(text)) ?? []), person]);
  return ({ names, born }) =>
    names
      .flatMap(({ text }) => byName.get(plain(text)) ?? [])
      .find(
        (one) =>
          (born?.read ?? null) === null ||
          (one.facts.born?.read ?? null) === null ||
          one.facts.born?.read === born?.read,
      )?.pseudonym ?? null;
}

/** Keeps nothing. Throws `NOT_A_FILE`, `TOO_LARGE`, `DESK_CLOSED`. */
export async function previewFile(node: StandardsNode, who: AtDesk, text: string): Promise<FilePreview> {
  const desk = await node.compartment.open(who);
  const same = alike(desk);
  const times = new Map<string, FilePreview["doubts"][number]>();
  const records = readFile(Buffer.from(text)).map((record) => {
    const { told, doubts } = readRecord(record);
    for (const { field, kind } of doubts) {
      const known = times.get(`${field} ${kind}`) ?? { field, kind, times: 0 };
      known.times += 1;
      times.set(`${field} ${kind}`, known);
    }
    return {
      name: told.facts.names[0]?.text ?? "",
      born: told.facts.born?.read ?? told.facts.born?.written ?? null,
      nationalities: told.facts.nationalities,
      said: {
        exploitation: told.account.exploitation,
        forcedTo: told.account.forcedTo,
        control: [...told.account.control, ...told.account.controlInCentre],
        recruitment: told.account.recruitment,
      },
      doubts,
      alike: same(told.facts),
    };
  });
  return { records, doubts: [...times.values()].sort((a, b) => b.times - a.times) };
}

/** Made in portions, so that a long file holds nobody up. */
const portion = 100;

/** Gives how many people were made. `leaveOut` are places in the file, from 0. */
export async function takeInFile(
  node: StandardsNode,
  who: AtDesk,
  ask: { text: string; leaveOut: readonly number[] },
): Promise<number> {
  const desk = await node.compartment.open(who);
  const left = new Set(ask.leaveOut);
  const all = readFile(Buffer.from(ask.text))
    .filter((_, nth) => !left.has(nth))
    .map((record) => readRecord(record).told);
  for (let from = 0; from < all.length; from += portion)
    await desk.act(async (tx) => {
      for (const { facts, account } of all.slice(from, from + portion)) {
        const person = await tx.create({ ...facts, heldAt: account.exploitationPlace });
        await tx.append(person, accountKind, account);
      }
      tx.note("standards.taken-in", {});
    });
  return all.length;
}
