// `simpul requests` and `simpul request`: asking other states and answering them at the command line.
import { ClientError, json, pages, proven, withQuery, type Client, type Output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import type { Colleague, DeskView } from "../access/contract.ts";
import { base, headLine, id, readJson, reason, run, show } from "./command-lines.ts";
import { steps } from "./command-steps.ts";
import { answerFrom, answerWords, draftFrom, draftWords, tellWords, toldFrom } from "./command-words.ts";
import type { AnswerDraft, Preview, RequestHead, RequestView, Statistics, Translations } from "./contract.ts";

export { permissionCommand } from "./command-permission.ts";

type RequestPage = { requests: RequestHead[]; next: string | null };

export const requestsCommand = defineCommand({
  meta: {
    name: "requests",
    description: "requests that you see, the last changed first",
    example: "simpul requests --box incoming --state delivered,opened",
  },
  args: {
    box: { type: "string", description: "outgoing, incoming" },
    state: { type: "string", description: "states, separated by commas" },
    case: { type: "string", description: "only of this case" },
    find: { type: "string", description: "a word of the subject, or a reference" },
    json,
  },
  run: ({ args }) =>
    run(args, async (door, out) => {
      const query = { box: args.box, state: args.state, case: args.case, text: args.find };
      for await (const page of pages<RequestPage>(door, base, query))
        for (const one of page.requests) out.result(one, headLine(one));
    }),
});

/** A desk by its id, or by a word of its name or of a colleague's who works there. */
async function deskNamed(door: Client, text: string): Promise<string> {
  if (/^[0-9a-f-]{36}$/.test(text)) return text;
  const desks = await door.call<DeskView[]>("GET", "/api/access/desks");
  const like = (one: string | null): boolean =>
    one?.toLocaleLowerCase().includes(text.toLocaleLowerCase()) ?? false;
  const found = desks.filter((one) => like(one.name) || like(one.nameLatin) || like(one.agency.name));
  if (found.length === 1) return found[0]!.id;
  const colleagues = await door.call<Colleague[]>("GET", withQuery("/api/access/colleagues", { text }));
  const places = new Set(colleagues.flatMap((one) => one.places.map((place) => place.desk.id)));
  if (places.size === 1) return [...places][0]!;
  throw new ClientError("UNUSABLE", `${text} is not one desk; name it by its id`);
}

/** Drafts it and, where that was said, puts it before the liaison desk. */
async function begin(door: Client, out: Output, draft: unknown, submit: boolean | undefined): Promise<void> {
  const made = await door.call<{ id: string }>("POST", base, draft);
  if (submit === true) await door.call("POST", `${base}/${made.id}/submit`);
  out.result(made, made.id);
}

const subCommands = {
  ...steps,
  draft: defineCommand({
    meta: {
      name: "draft",
      description: "draft a request in a case; --hit takes over what a check found",
      example:
        "simpul request draft ID-2031-000417 --to kh --subject 'EXERCISE: a number' --hit 01890000-0000-7000-8000-000000000001",
    },
    args: {
      ...draftWords,
      submit: { type: "boolean", description: "put it before the liaison desk at once" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => begin(door, out, await draftFrom(door, args), args.submit)),
  }),
  tell: defineCommand({
    meta: {
      name: "tell",
      description:
        "tell other states what nobody asked for: information, a warning, or a letter between desks",
      example:
        "simpul request tell --kind administrative --to kh,ph --subject 'EXERCISE: our hours' --fact 'EXERCISE: closed on 4 March' --submit",
    },
    args: {
      ...tellWords,
      submit: { type: "boolean", description: "put it before the liaison desk at once" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => begin(door, out, await toldFrom(door, args), args.submit)),
  }),
  new: defineCommand({
    meta: {
      name: "new",
      description: "draft a request from a file of JSON (docs: AskDraft); - reads standard input",
      example: "simpul request new draft.json --submit",
    },
    args: {
      file: { type: "positional", required: true, description: "the draft" },
      submit: { type: "boolean", description: "put it before the liaison desk at once" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => begin(door, out, await readJson(args.file), args.submit)),
  }),
  show: defineCommand({
    meta: {
      name: "show",
      description: "a request with its story and answers",
      example: "simpul request show 01890000-0000-7000-8000-000000000001",
    },
    args: { id, json },
    run: ({ args }) => run(args, (door, out) => show(door, out, args.id)),
  }),
  translations: defineCommand({
    meta: {
      name: "translations",
      description: "its free texts with their language, and what stands beside them; the original prevails",
      example: "simpul request translations 01890000-0000-7000-8000-000000000001",
    },
    args: { id, json },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const { texts, translations } = await door.call<Translations>(
          "GET",
          `${base}/${args.id}/translations`,
        );
        for (const one of texts) {
          const beside = translations.filter((each) => each.about === one.about && each.field === one.field);
          const lines = beside.map(
            (each) =>
              `  ${each.into} ${each.machine === null ? "" : `(machine: ${each.machine}) `}${each.text}`,
          );
          const machine = one.noMachine === null ? "a machine may be asked" : `no machine: ${one.noMachine}`;
          out.result(
            { ...one, beside },
            [`${one.about} ${one.field}\t${one.language}\t${machine}`, ...lines].join("\n"),
          );
        }
      }),
  }),
  translate: defineCommand({
    meta: {
      name: "translate",
      description: "put a translation beside a text, under your name; without --text ask the machine",
      example:
        "simpul request translate 01890000-0000-7000-8000-000000000001 --field whyThere --from en --into id --text 'LATIHAN'",
    },
    args: {
      id,
      about: { type: "string", description: "the answer, by id; the request itself unless given" },
      field: { type: "string", required: true, description: "where it stands, e.g. narrative.0" },
      from: { type: "string", required: true, description: "the language of the original" },
      into: { type: "string", required: true, description: "the language of the translation" },
      text: { type: "string", description: "the translation" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const at = { about: args.about ?? args.id, field: args.field, language: args.from, into: args.into };
        const where = `${base}/${args.id}/translations`;
        const made = await (args.text === undefined
          ? door.call<{ id: string }>("POST", `${where}/machine`, at)
          : door.call<{ id: string }>("POST", where, { ...at, text: args.text }));
        out.result(made, made.id);
      }),
  }),
  statistics: defineCommand({
    meta: {
      name: "statistics",
      description: "counts and times for each partner, without content",
      example: "simpul request statistics --from 2031-01-01 --to 2031-12-31",
    },
    args: {
      from: { type: "string", required: true, description: "the first day" },
      to: { type: "string", required: true, description: "the last day" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const query = new URLSearchParams({ from: args.from, to: args.to });
        const { partners } = await door.call<Statistics>("GET", `${base}/statistics?${query.toString()}`);
        for (const one of partners)
          out.result(
            one,
            [
              one.peer,
              one.box,
              `${one.asked} asked`,
              `${one.refused} refused`,
              `${one.overdue} overdue`,
            ].join("\t"),
          );
      }),
  }),
  preview: defineCommand({
    meta: {
      name: "preview",
      description: "exactly what they will see; --answer for the answer being written",
      example: "simpul request preview 01890000-0000-7000-8000-000000000001",
    },
    args: { id, answer: { type: "boolean", description: "the answer" }, json },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const preview = await door.call<Preview>(
          "GET",
          `${base}/${args.id}/${args.answer === true ? "answer/" : ""}preview`,
        );
        for (const page of preview.pages) {
          const stops = page.stops.map(
            (one) => `  stopped: ${one.title} of ${one.originator} (${one.because})`,
          );
          const what = `to ${page.to}: ${page.records.length} records, ${page.items.length} items [${page.handling.codes.join("+")}]`;
          out.result(page, [what, ...stops].join("\n"));
        }
      }),
  }),
  approve: defineCommand({
    meta: {
      name: "approve",
      description: "let a request leave: a second person, with a second factor",
      example:
        "simpul request approve 01890000-0000-7000-8000-000000000001 --reason 'EXERCISE: proportionate'",
    },
    args: { id, reason, json },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const body = { reason: args.reason ?? "" };
        await proven(door, { act: "request.approve", record: args.id }, () =>
          door.call("POST", `${base}/${args.id}/approve`, body),
        );
        await show(door, out, args.id);
      }),
  }),
  assign: defineCommand({
    meta: {
      name: "assign",
      description: "to the desk that works on it",
      example: "simpul request assign 01890000-0000-7000-8000-000000000001 --desk sreymom",
    },
    args: {
      id,
      desk: { type: "string", required: true, description: "its id or a word of its name" },
      note: { type: "string", description: "a word to the desk" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const desk = await deskNamed(door, args.desk);
        await door.call("POST", `${base}/${args.id}/assign`, { desk, note: args.note ?? "" });
        await show(door, out, args.id);
      }),
  }),
  answer: defineCommand({
    meta: {
      name: "answer",
      description: "write the answer, in flags or from a file; --submit puts it before whoever releases",
      example:
        "simpul request answer 01890000-0000-7000-8000-000000000001 --kind none-held --searched own-cases",
    },
    args: {
      id,
      ...answerWords,
      file: {
        type: "string",
        description: "the whole answer as JSON (docs: AskAnswer); - reads standard input",
      },
      submit: { type: "boolean", description: "put it before whoever releases" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const saved = await door.call<Pick<AnswerDraft, "id" | "version">>(
          "PUT",
          `${base}/${args.id}/answer`,
          args.file === undefined ? await answerFrom(door, args.id, args) : await readJson(args.file),
        );
        if (args.submit === true) await door.call("POST", `${base}/${args.id}/answer/submit`);
        out.result(saved, saved.id);
      }),
  }),
  release: defineCommand({
    meta: {
      name: "release",
      description: "let the answer leave: a second person, with a second factor",
      example: "simpul request release 01890000-0000-7000-8000-000000000001 --reason 'EXERCISE: checked'",
    },
    args: { id, reason, json },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const { answer } = await door.call<RequestView>("GET", `${base}/${args.id}`);
        if (answer === null)
          throw new ClientError("REFUSED", "NOT_NOW: no answer waits for its release", "NOT_NOW");
        const body = { reason: args.reason ?? "" };
        await proven(door, { act: "release", record: answer.id }, () =>
          door.call("POST", `${base}/${args.id}/answer/release`, body),
        );
        await show(door, out, args.id);
      }),
  }),
  received: defineCommand({
    meta: {
      name: "received",
      description: "what other states gave to a case, and what may be done with it",
      example: "simpul request received ID-2031-000417",
    },
    args: {
      case: { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" },
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        type Line = {
          id: string;
          originator: string;
          handling: { codes: string[] };
          may: { court: boolean; onward: string[] | "all" };
        };
        const held = await door.call<{
          records: (Line & { copy: string; title: string })[];
          items: (Line & { fileName: string })[];
        }>("GET", withQuery(`${base}/received`, { case: args.case }));
        const line = (one: Line, title: string): string =>
          [
            one.id,
            one.originator,
            one.handling.codes.join("+"),
            one.may.court ? "court" : "-",
            String(one.may.onward) || "-",
            title,
          ].join("\t");
        for (const one of held.records) out.result(one, line(one, one.title));
        for (const one of held.items) out.result(one, line(one, one.fileName));
      }),
  }),
};

export const requestCommand = defineCommand({
  meta: { name: "request", description: "one request: draft, approve, answer, release" },
  subCommands,
});
