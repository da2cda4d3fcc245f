// The prosecution file on paper: index, facts, chronology, elements, exhibits with custody, disclosure, witnesses, in two courts' languages.
import { bothOf, inBoth, type Both, type Words } from "@simpul/doors/i18n";
import { NodeCode, type Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { courtNeeds } from "../offences/contract.ts";
import { elementsOf, lawOf, offenceOf } from "../offences/contract.ts";
import { ChargesError, type ChargeView, type CustodyLine } from "./contract.ts";
import { viewCharge } from "./look.ts";
import type { ChargesNode, PaperLine } from "./node.ts";
import { exhibitLines, goes, scheduleLines } from "./paper-exhibits.ts";
import { placeOf, wordings } from "./paper-law.ts";
import { nameOf, wordsOfCourts } from "./paper-words.ts";

interface Dated {
  on: string;
  text: string;
}
interface Written {
  node: Pick<ChargesNode, "code" | "law" | "exercise">;
  view: ChargeView;
  /** What happened, as the case has it. */
  happened: readonly Dated[];
  custody: readonly CustodyLine[];
  /** Words of the court that tries, and of the other one; the same where there is none other. */
  words: Words;
  other: Words;
  states: readonly NodeCode[];
  at: Date;
}

/** The PDF, its second language that of the first language of the other state's courts. Throws `NOT_FOUND`. */
export async function prosecutionFile(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: { with?: NodeCode | undefined; language: string; wordsIn: (language: string) => Words },
): Promise<Uint8Array<ArrayBuffer>> {
  const view = await viewCharge(node, standing, id);
  const { happened, custody } = await node.store.read(standing, async (db) => {
    db.noteRead("charge.paper-made", { id });
    const { records } = await node.cases.recordsOf(db, view.case.id, ["event"]);
    const items = view.exhibits.flatMap((one) => (one.digest === null ? [] : [one.of]));
    return {
      happened: (records.event ?? []).map((one) => ({ on: one.began, text: one.title })),
      custody: await node.items.custody(db, items),
    };
  });
  const { words, other } = wordsOfCourts(node, ask);
  const at = node.clock.now();
  const lines = linesOf({
    ...{ node, view, happened, custody, words, other, at },
    states: ask.with === undefined || ask.with === node.code ? [node.code] : [node.code, ask.with],
  });
  return node.papers.pdf(
    { title: `${view.case.number} · ${view.name.text}`, language: words.locale, at },
    lines,
  );
}

export function linesOf(of: Written): PaperLine[] {
  const { view, words, other } = of;
  const both = bothOf(words, other);
  const sections: [string, PaperLine[]][] = [
    ["charges.facts", [{ text: view.facts, size: 10 }]],
    ["charges.chronology", chronology(of, both)],
    ["charges.elements", elements(of, both)],
    ["charges.exhibits", exhibitLines(of, both)],
    ["charges.disclosures", scheduleLines(of, both)],
    ["charges.witnesses", witnesses(of, both)],
    ["charges.courts", courts(of, both)],
  ];
  return [
    ...(of.node.exercise ? [{ text: both("web.exercise"), size: 9, bold: true }] : []),
    { text: both("charges.paper"), size: 11, soft: true },
    { text: nameOf(view), size: 16, bold: true },
    { text: `${view.case.number} · ${both(`charges.state.${view.state}`)}`, size: 10 },
    ...(view.court === "" ? [] : [{ text: `${both("charges.court")}: ${view.court}`, size: 10 }]),
    { text: `${both("charges.period")}: ${view.began} – ${view.ended}, ${view.place}`, size: 10 },
    ...view.offences.map((one): PaperLine => {
      const law = offenceOf(of.node.law, of.node.code, one)?.text;
      return { text: `${both(`offences.kind.${one}`)}: ${placeOf(law, both)}`, size: 10 };
    }),
    { text: both("charges.index"), size: 13, bold: true },
    ...sections.map(([key], index): PaperLine => ({
      text: `${index + 1}. ${both(key)}`,
      size: 10,
      indent: 12,
    })),
    ...sections.flatMap(([key, lines], index): PaperLine[] => [
      { text: `${index + 1}. ${both(key)}`, size: 13, bold: true },
      ...(lines.length === 0 ? [{ text: both("charges.nothing"), size: 10, soft: true }] : lines),
    ]),
    {
      text: both("charges.paper.foot", { at: of.at.toISOString().slice(0, 16).replace("T", " ") }),
      size: 8,
      soft: true,
    },
  ];
}

function chronology({ view, happened }: Written, both: Both): PaperLine[] {
  const court = view.events.map((one) => ({
    on: one.on,
    text: [both(`charges.event.${one.event}`), one.text, one.amount].filter((each) => each !== "").join(": "),
  }));
  return [...happened, ...court]
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ on, text }) => ({ text: `${on}  ${text}`, size: 10 }));
}

function elements(of: Written, both: Both): PaperLine[] {
  const { node, view } = of;
  return view.offences.flatMap((offence) => [
    { text: both(`offences.kind.${offence}`), size: 11, bold: true },
    ...wordings(of, offence, both),
    ...elementsOf(node.law, offence).flatMap((element): PaperLine[] => {
      const found = view.proofs.flatMap((one) => {
        const exhibit = view.exhibits.find((each) => each.id === one.exhibit);
        return one.offence === offence && one.element === element && exhibit !== undefined
          ? [{ exhibit, says: one.says }]
          : [];
      });
      const lines = found
        .filter(({ exhibit }) => goes(exhibit) && exhibit.disclosure !== "unused")
        .map(({ exhibit, says }): PaperLine => ({
          text: `${both("charges.exhibit", { number: exhibit.number })}: ${says}`,
          ...{ size: 10, indent: 12 },
        }));
      return [
        { text: both(`offences.element.${element}`), size: 10, bold: true },
        ...(lines.length === 0 ? [{ text: both("charges.open"), size: 10, soft: true, indent: 12 }] : lines),
      ];
    }),
  ]);
}

function witnesses({ view, words, other }: Written, both: Both): PaperLine[] {
  return view.witnesses.flatMap((one): PaperLine[] => [
    {
      text: `${one.label}: ${both(`charges.witness.${one.kind}`)}, ${both(`charges.way.${one.way}`)}`,
      ...{ size: 10, bold: true },
    },
    {
      // Where a victim is stands on no paper (VIC-1).
      text: [
        one.state === null || one.kind === "victim"
          ? ""
          : inBoth(words, other, (each) => each.state(one.state!)),
        ...[inBoth(words, other, (each) => each.language(one.language)), one.proves],
      ]
        .filter((each) => each !== "")
        .join(" · "),
      ...{ size: 10, indent: 12 },
    },
    ...(one.protection === ""
      ? []
      : [{ text: `${both("charges.protection")}: ${one.protection}`, size: 10, indent: 12 }]),
  ]);
}

function courts({ node, states, words, other }: Written, both: Both): PaperLine[] {
  return states.flatMap((code): PaperLine[] => {
    const law = lawOf(node.law, code);
    return [
      { text: inBoth(words, other, (each) => each.state(code)), size: 11, bold: true },
      ...courtNeeds.map((need): PaperLine => {
        const fact = law?.court[need];
        const says = fact === undefined || fact.says === "" ? "" : `${fact.says} `;
        return {
          text: `${both(`offences.court.${need}`)}: ${says}${placeOf(fact, both)}`,
          size: 9,
          indent: 12,
        };
      }),
    ];
  });
}

/**
 * The exhibits that may go, as a bundle for the court; while a state is away it goes out at once with the reason why it was
 * not cosigned, and the witness follows. Throws `NO_EXHIBITS`, and what evidence refuses.
 */
export async function bundleFile(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: { recipient: string; to: NodeCode; reason: string; unproven: string },
): Promise<Id> {
  const view = await viewCharge(node, standing, id);
  const items = view.exhibits
    .filter((one) => one.kind === "item" && one.disclosure !== "unused" && goes(one))
    .map((one) => one.of);
  if (items.length === 0) throw new ChargesError("NO_EXHIBITS");
  return node.bundle(standing, {
    ...{ case: view.case.id, items, recipient: ask.recipient, recipientState: ask.to, reason: ask.reason },
    ...(ask.unproven !== "" && { unproven: ask.unproven }),
  });
}
