// The note on paper, in the reader's language: its words, its clauses, who cleared and who signed it, and where ink goes.
import type { Id } from "@simpul/model";
import { stateZones, type Words } from "@simpul/doors/i18n";
import type { Note, SpaceView } from "./contract.ts";
import { clauseLabel, noteLines } from "./contract/note-lines.ts";
import { viewSpace } from "./look.ts";
import type { JointNode, OfOfficer } from "./node.ts";

type Line = Parameters<JointNode["papers"]["pdf"]>[1][number];

/** PDF of the note that is to be read now: the one that waits for a word, otherwise the one in force. */
export async function paperOf(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> {
  const view = await viewSpace(node, standing, id);
  const { note } = view.next ?? view;
  const about = { title: titleOf(note, words), language: words.locale, at: node.clock.now() };
  return node.papers.pdf(about, paperLines(view, words, node.exercise));
}

const titleOf = (note: Note, words: Words): string =>
  note.title === "" ? words.say("joint.untitled") : note.title;

export function paperLines(view: SpaceView, words: Words, exercise: boolean): Line[] {
  const { say } = words;
  const { note, digest } = view.next ?? view;
  return [
    ...(exercise ? [{ text: say("web.exercise"), size: 9, bold: true }] : []),
    { text: say("joint.paper"), size: 11, soft: true },
    { text: titleOf(note, words), size: 16, bold: true },
    { text: note.facts, size: 10 },
    ...termsOf(note, words),
    ...signedBy(view, note, words),
    { text: say("joint.signedOver", { version: note.version, digest }), size: 8, soft: true },
  ];
}

const termsOf = (note: Note, words: Words): Line[] => [
  ...noteLines(note, words).flatMap(({ field, text }): Line[] => [
    { text: words.say(`joint.note.${field}`), size: 9, soft: true },
    { text, size: 10, indent: 12 },
  ]),
  ...(note.clauses ?? []).flatMap((clause, at): Line[] => [
    { text: `${at + 1}. ${clauseLabel(clause, words)}`, size: 11, bold: true },
    { text: clause.text, size: 10, indent: 12 },
  ]),
];

/** Each party with its lawyer's word and its signature over this version; where there is none yet, a line for ink. */
function signedBy(view: SpaceView, note: Note, words: Words): Line[] {
  const { say, state, time } = words;
  return note.parties.flatMap((party): Line[] => {
    const cleared = view.words.filter(
      (one) => one.kind === "clearance" && one.party === party && one.version === note.version,
    );
    const signed = view.parties
      .find((one) => one.state === party)
      ?.approved.find((one) => one.version === note.version);
    const said = (officer: string, office: string, at: string): string =>
      `${officer}, ${office}, ${time(at, stateZones[party])}`;
    return [
      { text: state(party), size: 11, bold: true },
      ...cleared.flatMap((one): Line[] => [
        {
          text: `${say("joint.clearance.given")}: ${said(one.officer, one.office, one.at)}`,
          size: 9,
          indent: 12,
        },
        ...(one.text === "" ? [] : [{ text: one.text, size: 9, indent: 24 }]),
      ]),
      signed === undefined
        ? { text: `${say("joint.paper.ink")}: ${"_".repeat(40)}`, size: 10, indent: 12 }
        : {
            text: `${say("joint.paper.signed")}: ${said(signed.officer, signed.office, signed.at)}`,
            size: 10,
            indent: 12,
          },
    ];
  });
}
