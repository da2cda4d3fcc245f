// The exhibits on paper: whose each is, its custody and digest, what the courts ask of it, and those that may not go.
import type { Both, Words } from "@simpul/doors/i18n";
import type { NodeCode } from "@simpul/model";
import type { Admission, ChargeView, CustodyLine, Exhibit } from "./contract.ts";
import type { PaperLine } from "./node.ts";

interface Shown {
  view: ChargeView;
  custody: readonly CustodyLine[];
  words: Words;
  states: readonly NodeCode[];
}

/** What another state's terms stop is not said on paper, only that it is there and whose it is (HC-6). */
export const goes = (one: Exhibit): boolean => one.stopped.length === 0;

export function exhibitLines({ view, custody, words, states }: Shown, both: Both): PaperLine[] {
  return view.exhibits
    .filter((one) => one.disclosure !== "unused")
    .flatMap((one): PaperLine[] => {
      const head = both("charges.exhibit", { number: one.number });
      if (!goes(one)) return stopped(one, head, both);
      return [
        { text: `${head}: ${one.title}`, size: 10, bold: true },
        ...(one.originator === null ? [] : [{ text: both("charges.from", named(one)), size: 9, indent: 12 }]),
        ...(one.digest === null
          ? []
          : [
              { text: both("charges.custody", { count: one.custody ?? 0 }), size: 9, indent: 12 },
              ...custody
                .filter((each) => each.item === one.of)
                .map(({ event, at }) => ({
                  text: `${at.toISOString().slice(0, 16).replace("T", " ")} UTC · ${both(`evidence.event.${event}`)}`,
                  ...{ size: 8, indent: 24 },
                })),
              { text: `SHA-256 ${one.digest}`, size: 8, soft: true, indent: 12 },
            ]),
        ...view.admissions
          .filter((each) => each.exhibit === one.id && states.includes(each.court))
          .map((each): PaperLine => ({
            text: [
              ...(states.length > 1 ? [words.state(each.court)] : []),
              `${both(`offences.court.${each.need}`)}: ${both(standsKey(each))}`,
              ...(each.says === "" ? [] : [each.says]),
            ].join(" · "),
            ...{ size: 9, indent: 12 },
          })),
      ];
    });
}

/** An exhibit that may not go; where the court has it already, since when it was filed and whether the court knows. */
function stopped(one: Exhibit, head: string, both: Both): PaperLine[] {
  const says = both(one.filed ? "charges.withdrawn" : "charges.withheld", named(one));
  const told =
    one.told === null ? both("charges.notice.untold") : both("charges.notice.told", { on: one.told });
  return [
    { text: `${head}: ${says}`, size: 10, bold: true },
    ...(one.filed ? [{ text: told, size: 9, indent: 12 }] : []),
  ];
}

/** Words for how a need of an exhibit stands. */
const standsKey = ({ stands, by }: Pick<Admission, "stands" | "by">): string =>
  stands === "met" && by !== "officer" ? `charges.admission.by.${String(by)}` : `charges.admission.${stands}`;
const named =
  (one: Exhibit) =>
  (words: Words): { state: string } => ({
    state: one.originator === null ? "–" : words.state(one.originator),
  });

export function scheduleLines({ view }: Pick<Shown, "view">, both: Both): PaperLine[] {
  return view.exhibits.map((one) => ({
    text: [
      both("charges.exhibit", { number: one.number }),
      both(`charges.disclosure.${one.disclosure}`),
      goes(one) ? "" : both(one.filed ? "charges.withdrawn" : "charges.withheld", named(one)),
      one.reason,
    ]
      .filter((each) => each !== "")
      .join(" · "),
    size: 10,
  }));
}
