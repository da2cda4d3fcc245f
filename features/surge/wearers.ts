// Wristbands: who wears which, persons whom a phone met under one joined with their record, and the sheet to print.
import { webcrypto } from "node:crypto";
import { Wristband, type Id } from "@simpul/model";
import { metKind } from "../field/contract.ts";
import { entriesOf, type AtDesk, type OpenDesk, type Person } from "../victims/contract.ts";
import { SurgeError } from "./contract.ts";
import { listedKind, wristbandKind } from "./kinds.ts";
import { open, type SurgeNode } from "./node.ts";

const sha256 = (bytes: Uint8Array<ArrayBuffer>) => webcrypto.subtle.digest("SHA-256", bytes);

/** All codes that were given to her, newest last. */
export function wristbandsOf(person: Person): Wristband[] {
  const codes = [
    ...entriesOf(person, listedKind).map(({ data }) => data.wristband),
    ...entriesOf(person, metKind).flatMap(({ data }) => data.wristband ?? []),
    ...entriesOf(person, wristbandKind).map(({ data }) => data.code),
  ];
  return [...new Set(codes)] as Wristband[];
}

/**
 * A phone without a line speaks of whom it met under a wristband by an id made from the code. Here she is joined with the
 * person to whom the code was given: the same code is the same person, so this needs no decision.
 */
export async function joinMet(node: SurgeNode, who: AtDesk): Promise<number> {
  const desk = await open(node, who);
  const joins: { keep: Id; other: Id }[] = [];
  for (const person of desk.people())
    for (const code of wristbandsOf(person)) {
      let met = node.memory.wearers.get(code);
      if (met === undefined) node.memory.wearers.set(code, (met = await Wristband.person(code, sha256)));
      const other = met === person.id ? null : desk.person(met);
      if (other !== null && other.id !== person.id) joins.push({ keep: person.id, other: other.id });
    }
  if (joins.length > 0)
    await desk.act(async (tx) => {
      const gone = new Set<Id>();
      for (const { keep, other } of joins) {
        if (gone.has(keep) || gone.has(other)) continue;
        gone.add(other);
        await tx.merge(keep, other, "The same wristband");
      }
    });
  return joins.length;
}

export interface SheetLine {
  person: Id;
  pseudonym: string;
  /** What the QR sign says, and what is printed under it. */
  sign: string;
  code: string;
}

/** The wristbands of a list in its order, or those in reserve: no name stands on a wristband. */
export async function sheetOf(node: SurgeNode, who: AtDesk, list: Id): Promise<SheetLine[]> {
  const desk = await open(node, who);
  const lines: (SheetLine & { row: number; sheet: string })[] = [];
  for (const person of desk.people())
    for (const { data } of entriesOf(person, listedKind)) {
      if (data.list !== list) continue;
      const code = wristbandsOf(person).at(-1)!;
      const { row, sheet } = data;
      const { id, pseudonym } = person;
      lines.push({
        person: id,
        pseudonym,
        sign: Wristband.sign(code),
        code: Wristband.print(code),
        row,
        sheet,
      });
      break;
    }
  return lines
    .sort((a, b) => (a.sheet === b.sheet ? a.row - b.row : a.sheet < b.sheet ? -1 : 1))
    .map(({ row: _row, sheet: _sheet, ...line }) => line);
}

/** New codes for people who are on no list: given out in the field, known to nobody before somebody is met under one. */
export const reserve = (node: SurgeNode, count: number): Pick<SheetLine, "sign" | "code">[] =>
  Array.from({ length: count }, () => {
    const code = Wristband.make(node.random);
    return { sign: Wristband.sign(code), code: Wristband.print(code) };
  });

/** Who wears it. Throws `NOT_FOUND` for a code that nobody was given. */
export async function wearer(node: SurgeNode, who: AtDesk, code: Wristband): Promise<Person> {
  const desk: OpenDesk = await open(node, who);
  for (const person of desk.people()) if (wristbandsOf(person).includes(code)) return person;
  throw new SurgeError("NOT_FOUND");
}
