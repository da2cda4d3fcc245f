// The draft: begun from what police know already, saved as it is written, and put into the request that is its way (MLA-8).
import type { Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { AskDraft, Chosen, FormalHeld, FormalSource } from "../requests/contract.ts";
import {
  AssistanceError,
  type AskBegin,
  type Finding,
  type Form,
  type LeftOut,
  type TypeRules,
} from "./contract.ts";
import {
  factsOf,
  json,
  officerOf,
  requireAct,
  rowOf,
  type AssistanceNode,
  type AssistanceRow,
  type Db,
} from "./node.ts";
import { beginReviews } from "./reviewed.ts";
import { check, dayOf, emptyForm, most, rulesFor, typeOf } from "./rules.ts";
import { requireListed } from "./codes.ts";
import { asLetter } from "./letter.ts";

const ungraded: Evaluation = { source: "X", information: "4" };
/** ASEAN MLAT arts. 8, 9: for carrying out this request, and kept to those who do. */
const forExecution: Handling = { codes: ["H2"] };

/** A type of the list, of this kind; throws `NOT_A_LISTED_CODE`. */
export function listedType(node: AssistanceNode, kind: TypeRules["kind"], code: string): TypeRules {
  const type = typeOf(node.codes, code);
  if (type?.kind !== kind) throw new AssistanceError("NOT_A_LISTED_CODE", { field: "type", value: code });
  return type;
}

function checkCodes(node: AssistanceNode, kind: TypeRules["kind"], form: Form): void {
  const { codes } = node;
  const type = listedType(node, kind, form.type);
  const one = (field: string, of: readonly string[], value: string) =>
    value === "" ? "" : requireListed(field, of, value);
  one("stage", codes.stages, form.stage);
  one("offence", codes.offences, form.offence);
  one("urgencyReason", codes.urgency, form.urgencyReason);
  one("certification", codes.certifications, form.certification);
  const bases = type.code === "extradition" ? [codes.extradition] : codes.states;
  one(
    "basis",
    bases.flatMap((each) => each.bases.map(({ code }) => code)),
    form.basis,
  );
  for (const each of type.special)
    if (each.kind === "state")
      one(
        `special.${each.name}`,
        codes.states.map(({ state }) => state),
        form.special[each.name] ?? "",
      );
  for (const code of form.undertakings) requireListed("undertakings", codes.undertakings, code);
  const mode = form.special["mode"] ?? "";
  if (type.special.some((each) => each.kind === "choice")) one("special.mode", codes.modes, mode);
}

/** How the request that is its way says the same: what is asked, why, until when, on which terms. */
export function askOf(
  node: AssistanceNode,
  type: TypeRules,
  of: string,
  form: Form,
  letter: string | null,
): AskDraft {
  const law = (text: string) => text.slice(0, 8000);
  const said = [form.sought, ...type.special.map((one) => form.special[one.name] ?? "")];
  const draft: AskDraft = {
    case: of,
    hit: null,
    to: [form.to],
    subject: form.subject,
    questions: [{ text: law(said.filter((one) => one.trim() !== "").join("\n")), category: type.category }],
    facts:
      form.facts.trim() === ""
        ? []
        : [{ text: law(form.facts), language: form.language, handling: forExecution, evaluation: ungraded }],
    offence: form.offence,
    whyThere: law(form.grounds),
    purpose: "mutual-assistance",
    legalBasis: form.basis,
    legalBasisText: form.basisText,
    urgent: form.urgent,
    urgencyReason: form.urgent && form.urgencyReason !== "" ? form.urgencyReason : null,
    urgencyText: "",
    evidenceForeseen: type.kind === "formal",
    restrictions: "",
    language: form.language,
    languages: node.codes.languages,
    neededBy: form.neededBy,
    handling: forExecution,
    records: form.records,
    items: form.items,
  };
  return letter === null ? draft : asLetter(draft, letter, type, form);
}

/** To whom it is written where the state has no node; null where it goes from node to node. Throws `NOT_A_STATE`. */
async function letterTo(node: AssistanceNode, ask: AskBegin): Promise<string | null> {
  if ((await node.peers()).includes(ask.to)) return null;
  const there = node.letters.all().list.filter((one) => one.state === ask.to && ask.to !== node.code);
  const to = there.find((one) => one.code === ask.letter);
  // Data is frozen in hours: no letter is quick enough.
  if (ask.kind !== "formal" || to === undefined) throw new AssistanceError("NOT_A_STATE", { node: ask.to });
  return to.code;
}

/** Words of an answer under H1 without its originator's word are not copied; the rest is (MLA-8, HC-6). */
function copied(
  source: FormalSource,
  held: readonly FormalHeld[],
  to: NodeCode,
  kind: TypeRules["kind"],
): { facts: string; records: Chosen[]; leftOut: LeftOut[] } {
  const own = source.draft.facts.map((one) => one.text);
  const leftOut: LeftOut[] = [];
  const words = source.threads.flatMap(({ peer, reference, narrative }) =>
    narrative.flatMap(({ paragraph }, at) => {
      const { codes } = paragraph.handling;
      const stopped =
        kind === "formal" && codes.includes("H1")
          ? { because: "H1" as const, what: "court" as const }
          : codes.includes("H2") && peer !== to
            ? { because: "H2" as const, what: "onward" as const }
            : codes.includes("H3")
              ? { because: "H3-purpose" as const, what: "court" as const }
              : null;
      if (stopped === null) return [`[${peer.toUpperCase()} ${reference}] ${paragraph.text}`];
      leftOut.push({
        title: `#${at + 1}`,
        reference,
        ...stopped,
        originator: peer,
        wayOut: "none",
        record: null,
        permission: null,
      });
      return [];
    }),
  );
  const files: string[] = [];
  const records: Chosen[] = [];
  for (const one of held) {
    const stop = one.stops[0];
    const { title, reference } = one;
    const id = (one.record ?? one.item)!.id;
    if (stop !== undefined) {
      const { because, originator, wayOut, permission, what } = stop;
      leftOut.push({ title, reference, because, originator, wayOut, record: id, permission, what });
      continue;
    }
    if (one.item !== null) files.push(`[${reference}] ${title}, SHA-256 ${one.item.digest}`);
    // What is theirs already is named, not sent back to them.
    else if (one.record?.originator === to) files.push(`[${reference}] ${title}`);
    else if (one.record !== null)
      records.push({
        id,
        handling: one.record.handling,
        evaluation: one.record.evaluation,
        link: one.record.link,
      });
  }
  return { facts: [...own, ...words, ...files].join("\n\n"), records, leftOut };
}

/** What its request would not let through, as it stands now. */
export async function leftOutOf(node: AssistanceNode, db: Db, row: AssistanceRow): Promise<LeftOut[]> {
  if (row.from_request === null || row.direction !== "outgoing") return [];
  const source = await node.requests.source(db.standing, row.from_request).catch(() => null);
  if (source === null) return [];
  const held = await node.requests.held(db, { request: source.id, to: row.peer, kind: row.kind });
  return copied(source, held, row.peer, row.kind).leftOut;
}

const chosenOf = (link: string) => (id: Id) => ({
  id,
  handling: forExecution,
  evaluation: ungraded,
  link,
});

/** Begins one: from a request with its answers, or from a case and what of it is named, e.g. the number that was hit. */
export async function begin(node: AssistanceNode, standing: Standing, ask: AskBegin): Promise<{ id: Id }> {
  const type = listedType(node, ask.kind, ask.type);
  const officer = officerOf(standing);
  const letter = await letterTo(node, ask);
  const source = ask.request === undefined ? null : await node.requests.source(standing, ask.request);
  const hit = ask.hit === undefined ? null : await node.hits.hit(standing, ask.hit, ask.to);
  const of = source?.case ?? ask.case!;
  const desk = (await node.directory.desks([officer.desk])).get(officer.desk);
  const made = await node.store.write(standing, async (tx) => {
    const { head } = await node.cases.recordsOf(tx, of, []);
    // A hit of another case, or of another state, is none to her.
    if (ask.hit !== undefined && hit?.case !== head.number) throw new AssistanceError("NOT_FOUND");
    const facts = await node.caseFacts(tx, head.id);
    await requireAct(node, tx, "assistance.draft", { request: noRequest(officer.desk), case: facts }, false);
    const form: Form = {
      ...emptyForm(ask.type, ask.to),
      language: languageOf(source),
      offence: head.crimeType,
    };
    form.office = desk === undefined ? "" : `${desk.agency.name}, ${desk.name}`;
    if (source !== null) {
      const { draft } = source;
      const held = await node.requests.held(tx, { request: source.id, to: ask.to, kind: ask.kind });
      const got = copied(source, held, ask.to, ask.kind);
      form.subject = draft.subject;
      form.offence = draft.offence;
      form.facts = got.facts.slice(0, most.long);
      form.grounds = draft.whyThere.slice(0, most.text);
      form.sought = draft.questions
        .map((one) => one.text)
        .join("\n")
        .slice(0, most.text);
      form.urgent = draft.urgent;
      form.urgencyReason = draft.urgencyReason ?? "";
      form.records = [...draft.records.map(({ grants: _grants, ...one }) => one), ...got.records].slice(
        0,
        most.records,
      );
    }
    if (ask.type === "extradition") {
      const basis = node.codes.extradition.bases.find((one) => one.state === ask.to);
      form.basis = basis?.code ?? "";
      form.basisText = basis?.says ?? "";
    }
    if (hit !== null) {
      form.offence = hit.offence;
      form.language = ask.said?.language ?? form.language;
      form.grounds = ask.said?.grounds ?? "";
    }
    const about = ask.records ?? hit?.records ?? [];
    const named = about.map((id) => chosenOf(hit?.records.includes(id) ? (ask.said?.link ?? "") : "")(id));
    form.records = [
      ...form.records,
      ...named.filter((one) => !form.records.some((has) => has.id === one.id)),
    ];
    const { id } = await node.requests.begin(tx, ask.kind, askOf(node, type, head.number, form, letter));
    await sql`insert into simpul.assistances (id, direction, kind, peer, state, type, case_id, form, from_request,
        from_hit, author_id, correspondent, desk_id, urgent, created_at, changed_at)
      values (${id}, 'outgoing', ${ask.kind}, ${ask.to}, 'draft', ${ask.type}, ${head.id}, ${json(form)},
        ${ask.request ?? null}, ${ask.hit ?? null}, ${officer.id}, ${letter}, ${officer.desk}, ${form.urgent}, ${tx.at},
        ${tx.at})`.execute(tx.rows);
    await beginReviews(node, tx, {
      ...{ id, case_id: head.id, kind: ask.kind, peer: ask.to, form, reviews: {} },
    });
    tx.note("assistance.drafted", { id, case: head.id, assistance: ask.kind, type: ask.type, peer: ask.to });
    return { id, case: head.id };
  });
  node.wake(`assistance:${made.id}`);
  node.wake(`case:${made.case}`);
  return { id: made.id };
}

const languageOf = (source: FormalSource | null): string => source?.draft.language ?? "en";
const noRequest = (desk: Id) =>
  ({
    kind: "request",
    id: desk,
    direction: "outgoing",
    desk,
    agency: null,
    author: null,
    case: null,
  }) as const;

/** Saves what was written; throws `NEWER_DRAFT` where somebody saved meanwhile. */
export async function save(
  node: AssistanceNode,
  standing: Standing,
  id: Id,
  ask: { form: Form; version: number },
): Promise<{ version: number; findings: Finding[] }> {
  const saved = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    if (row.direction !== "outgoing" || row.state !== "draft")
      throw new AssistanceError("NOT_NOW", { state: row.state });
    await requireAct(node, tx, "assistance.draft", await factsOf(node, tx, row), false);
    if (row.version !== ask.version) throw new AssistanceError("NEWER_DRAFT", { version: row.version });
    // The state that is asked was chosen at the beginning: what may go there hangs on it.
    const form: Form = { ...ask.form, to: row.peer };
    checkCodes(node, row.kind, form);
    const type = listedType(node, row.kind, form.type);
    const { head } = await node.cases.recordsOf(tx, row.case_id!, []);
    await node.requests.save(tx, id, askOf(node, type, head.number, form, row.correspondent));
    await sql`update simpul.assistances set form = ${json(form)}, type = ${form.type}, urgent = ${form.urgent},
      version = version + 1, changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    await beginReviews(node, tx, { ...row, form });
    tx.note("assistance.saved", { id, case: row.case_id! });
    const findings = await findingsOf(node, tx, { ...row, form });
    return { version: row.version + 1, findings };
  });
  node.wake(`assistance:${id}`);
  return saved;
}

/** MLA-3, as it stands now. */
export async function findingsOf(node: AssistanceNode, db: Db, row: AssistanceRow): Promise<Finding[]> {
  const { stops } = await node.requests.shown(db, row.id);
  return check({
    form: row.form,
    type: listedType(node, row.kind, row.form.type),
    rules: rulesFor(node.codes, row.peer),
    stopped: stops.length,
    enquired: row.from_request !== null,
    sought:
      row.form.type === "extradition" && row.case_id !== null
        ? {
            conditions: node.codes.extradition,
            charged: await node.charges.filed(
              db,
              row.case_id,
              row.form.records.map((one) => one.id),
            ),
          }
        : null,
    today: dayOf(node.clock.now()),
  });
}
