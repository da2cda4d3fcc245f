// What a court is told when an exhibit of the file it received may not be used any more: which one, whose, and what it proved.
import { bothOf, type Both, type Words } from "@simpul/doors/i18n";
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { toSign } from "../assistance/contract.ts";
import { ChargesError, type ChargeView, type Exhibit } from "./contract.ts";
import { viewCharge } from "./look.ts";
import type { ChargesNode, PaperLine } from "./node.ts";
import { nameOf, wordsOfCourts } from "./paper-words.ts";
import { openElements } from "./rules.ts";

/** The PDF. Throws `NOT_FOUND`, and `NO_NOTICE_NEEDED` where the exhibit was not filed or nothing stops it. */
export async function courtNotice(
  node: ChargesNode,
  standing: Standing,
  of: { id: Id; exhibit: Id },
  ask: { with?: NodeCode | undefined; language: string; wordsIn: (language: string) => Words },
): Promise<Uint8Array<ArrayBuffer>> {
  const view = await viewCharge(node, standing, of.id);
  const exhibit = view.exhibits.find((one) => one.id === of.exhibit);
  if (exhibit === undefined) throw new ChargesError("NOT_FOUND");
  if (!exhibit.filed || exhibit.stopped.length === 0) throw new ChargesError("NO_NOTICE_NEEDED");
  const { words, other } = wordsOfCourts(node, ask);
  const at = node.clock.now();
  return node.papers.pdf(
    { title: `${view.case.number} · ${view.name.text}`, language: words.locale, at },
    noticeLines({ node, view, exhibit, words, other, at }),
  );
}

interface Said {
  node: Pick<ChargesNode, "law" | "exercise">;
  view: ChargeView;
  exhibit: Exhibit;
  words: Words;
  other: Words;
  at: Date;
}

/** By number and digest, as the court has it; nothing of what is in it (HC-6). */
export function noticeLines({ node, view, exhibit, words, other, at }: Said): PaperLine[] {
  const both: Both = bothOf(words, other);
  const open = openElements(node.law, view);
  const proved = view.proofs.filter((one) => one.exhibit === exhibit.id);
  return [
    ...(node.exercise ? [{ text: both("web.exercise"), size: 9, bold: true }] : []),
    { text: both("charges.notice"), size: 16, bold: true },
    { text: `${both("charges.court")}: ${view.court}`, size: 10 },
    { text: `${view.case.number} · ${nameOf(view)}`, size: 10 },
    {
      text: both("charges.notice.text", (each) => ({
        number: exhibit.number,
        state: exhibit.originator === null ? "–" : each.state(exhibit.originator),
        on: (view.filedAt ?? "").slice(0, 10),
      })),
      size: 11,
    },
    ...(exhibit.digest === null ? [] : [{ text: `SHA-256 ${exhibit.digest}`, size: 8, soft: true }]),
    { text: both("charges.notice.proved"), size: 12, bold: true },
    ...(proved.length === 0 ? [{ text: both("charges.nothing"), size: 10, soft: true }] : []),
    ...proved.map(({ offence, element }): PaperLine => {
      const still = !open.some((one) => one.offence === offence && one.element === element);
      return {
        text: [
          both(`offences.kind.${offence}`),
          both(`offences.element.${element}`),
          both(still ? "charges.notice.still" : "charges.open"),
        ].join(" · "),
        ...{ size: 10, indent: 12 },
      };
    }),
    ...toSign(both),
    {
      text: both("charges.paper.made", { at: at.toISOString().slice(0, 16).replace("T", " ") }),
      size: 8,
      soft: true,
    },
  ];
}
