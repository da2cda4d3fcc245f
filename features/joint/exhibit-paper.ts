// The certificate page of an exhibit in a space (JIT-6): what it is, how and when it was got and sealed, who put it in, what each court does with it.
import { Evaluation, type Id } from "@simpul/model";
import { stateZones, type Words } from "@simpul/doors/i18n";
import { JointError, type ItemRef, type ThingView } from "./contract.ts";
import { viewThing } from "./look.ts";
import type { JointNode, OfOfficer } from "./node.ts";

/** PDF in the reader's language. Throws `NOT_FOUND` for what is no exhibit, or says nothing any more. */
export async function exhibitPaper(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  thing: Id,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> {
  const { view, title } = await viewThing(node, standing, space, thing);
  if (view.content === null || !("item" in view.content)) throw new JointError("NOT_FOUND");
  const { item } = view.content;
  const { say } = words;
  return node.papers.pdf({ title: item.fileName, language: words.locale, at: node.clock.now() }, [
    ...(node.exercise ? [{ text: say("web.exercise"), size: 9, bold: true }] : []),
    { text: `${say("joint.certificate")} · ${title}`, size: 11, soft: true },
    { text: item.fileName, size: 16, bold: true },
    ...factsOf(view, item, words).flatMap(([label, text]) => [
      { text: label, size: 9, soft: true },
      { text, size: 10, indent: 12 },
    ]),
  ]);
}

function factsOf(view: ThingView, item: ItemRef, words: Words): [label: string, text: string][] {
  const { say, state, time, list, bytes } = words;
  const party = `${view.by}, ${state(view.party)}`;
  return [
    ["SHA-256", item.digest],
    [say("joint.certificate.file"), `${item.mediaType}, ${bytes(item.size)}`],
    [say("joint.certificate.method"), say(`evidence.method.${item.certificate.method}`)],
    [say("joint.certificate.sealed"), time(item.certificate.sealedAt, stateZones[view.originator])],
    [say("joint.certificate.originator"), state(view.originator)],
    [say("joint.owner"), `${party}, ${time(view.firstAt, stateZones[view.party])}`],
    [say("joint.certificate.version"), String(view.version)],
    [
      say("joint.certificate.terms"),
      [...view.handling.codes, Evaluation.print(view.evaluation), view.handling.text ?? ""]
        .filter((one) => one !== "")
        .join(" · "),
    ],
    [
      say("joint.certificate.disclosure"),
      list(item.disclosure.map((one) => `${state(one.state)}: ${say(`joint.disclosure.${one.status}`)}`)),
    ],
    [say("joint.link"), item.link],
  ].filter((line): line is [string, string] => line[1] !== "");
}
