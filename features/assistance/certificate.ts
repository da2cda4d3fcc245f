// The certificate of authenticity of what goes from here, in a form that the other state takes, with the custody of each exhibit (MLA-9).
import { bothOf, inBoth, type Both, type Words } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { requireListed } from "./codes.ts";
import { containerOf } from "./container.ts";
import { toSign } from "./contract.ts";
import { exhibitsOf, type ExhibitHere } from "./exhibits.ts";
import type { AssistanceNode, AssistanceRow } from "./node.ts";
import { certificationsFor, rulesFor } from "./rules.ts";

type Line = Parameters<AssistanceNode["papers"]["pdf"]>[1][number];

/**
 * The PDF, in the language of the request and the first that the other state reads. `form`: one of those that state
 * takes; the first of them, or the one the request named, where none is said. Throws `NOT_FOUND`, `NO_EXHIBITS_HERE`,
 * `NOT_A_LISTED_CODE`.
 */
export async function certificateOf(
  node: AssistanceNode,
  standing: Standing,
  id: Id,
  ask: { form?: string | undefined; wordsIn: (language: string) => Words },
): Promise<Uint8Array<ArrayBuffer>> {
  const { row, exhibits } = await exhibitsOf(node, standing, id, "assistance.certificate-made");
  const taken = certificationsFor(
    node.codes,
    row.peer,
    row.direction === "outgoing" ? row.form.certification : "",
  );
  const form = requireListed("form", taken, ask.form ?? taken[0]!);
  const rules = rulesFor(node.codes, row.peer);
  const words = ask.wordsIn(row.form.language);
  const other = ask.wordsIn(rules?.languages.accepted[0] ?? row.form.language);
  const at = node.clock.now();
  const open = rules?.certification.standing !== "confirmed";
  return node.papers.pdf(
    { title: row.reference ?? row.form.subject, language: words.locale, at },
    linesOf({ node, row, exhibits, form, open, words, other, at }),
  );
}

interface Written {
  node: Pick<AssistanceNode, "code" | "exercise">;
  row: Pick<AssistanceRow, "peer" | "reference" | "form">;
  exhibits: readonly ExhibitHere[];
  form: string;
  /** Which form that state takes is to be confirmed. */
  open: boolean;
  words: Words;
  other: Words;
  at: Date;
}

function linesOf({ node, row, exhibits, form, open, words, other, at }: Written): Line[] {
  const both = bothOf(words, other);
  const state = (code: typeof row.peer): string => inBoth(words, other, (each) => each.state(code));
  const small = (text: string): Line => ({ text, size: 9 });
  return [
    ...(node.exercise ? [{ text: both("web.exercise"), size: 9, bold: true }] : []),
    { text: both("assistance.certificate"), size: 16, bold: true },
    { text: both(`assistance.certification.${form}`), size: 11 },
    small(`${state(node.code)} → ${state(row.peer)}`),
    small(`${both("assistance.reference")}: ${row.reference ?? both("assistance.noReference")}`),
    small(`${both("assistance.field.matter")}: ${row.form.matter || row.form.subject}`),
    ...(open
      ? [
          {
            text: both("assistance.certificate.open", (each) => ({ state: each.state(row.peer) })),
            size: 8,
            soft: true,
          },
        ]
      : []),
    { text: both(`assistance.certificate.${form}`), size: 10 },
    ...exhibits.flatMap((one, index) => exhibitLines(one, index + 1, both)),
    ...toSign(both, form === "affidavit" ? ["sworn"] : []),
    ...(form === "apostille" ? [small(both("assistance.certificate.apostille.place"))] : []),
    { text: `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`, size: 8, soft: true },
  ];
}

/** One exhibit: digest, container and what opens it, and who had it in hand. */
function exhibitLines(one: ExhibitHere, number: number, both: Both): Line[] {
  const line = (text: string, more: Partial<Line> = {}): Line => ({ text, size: 9, indent: 12, ...more });
  return [
    { text: `${both("assistance.certificate.exhibit", { number })}: ${one.fileName}`, size: 10, bold: true },
    line(`SHA-256 ${one.digest}`, { size: 8 }),
    line(`${one.size} B · ${one.mediaType}`),
    line(both(`assistance.container.${containerOf(one.mediaType)}`)),
    ...(one.custody.length === 0
      ? [line(both("assistance.certificate.elsewhere"), { soft: true })]
      : one.custody.map(({ event, at }) =>
          line(
            `${at.toISOString().slice(0, 16).replace("T", " ")} UTC · ${both(`evidence.event.${event}`)}`,
            {
              ...{ size: 8, indent: 24 },
            },
          ),
        )),
  ];
}
