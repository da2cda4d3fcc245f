// `simpul requests` and `simpul request`: asking other states and answering them at the command line.
import { ClientError, type Client } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import type { Colleague, DeskView } from "../access/contract.ts";
import {
  base,
  clockLine,
  headLine,
  id,
  json,
  proven,
  readJson,
  reason,
  run,
  type Out,
} from "./command-lines.ts";
import { answerFrom, answerWords, draftFrom, draftWords } from "./command-words.ts";
import type { AnswerDraft, Preview, RequestHead, RequestView } from "./contract.ts";

export { permissionCommand } from "./command-permission.ts";

const show = async (door: Client, out: Out, request: string): Promise<void> => {
  const view = await door.call<RequestView>("GET", `${base}/${request}`);
  const lines = [
    headLine(view),
    ...view.draft.questions.map((one) => `  ? ${one.text} (${one.category})`),
    ...view.full.flatMap((thread) => [
      `  ${thread.peer} ${thread.reference} ${thread.state} ${clockLine(thread.clock)}`,
      ...thread.steps.map(
        (step) => `    ${step.at} ${step.side} ${step.kind} ${step.text ?? step.code ?? ""}`,
      ),
      ...thread.answers.flatMap((answer) => [
        ...answer.narrative.map((part) => `    > ${part.text} [${part.handling.codes.join("+")}]`),
        ...answer.records.map(
          (one) => `    = ${one.kind} ${one.id} of ${one.originator} [${one.handling.codes.join("+")}]`,
        ),
        ...answer.items.map((one) => `    = item ${one.id} ${one.fileName} ${one.arrival.state}`),
      ]),
    ]),
    ...(view.missing.length === 0 ? [] : [`  missing: ${view.missing.join(", ")}`]),
    `  you may: ${view.may.join(", ") || "-"}`,
  ];
  out.result(view, lines.join("\n"));
};

export const requestsCommand = defineCommand({
  meta: { name: "requests", description: "requests that you see, the last changed first" },
  args: {
    box: { type: "string", description: "outgoing, incoming" },
    state: { type: "string", description: "states, separated by commas" },
    case: { type: "string", description: "only of this case" },
    find: { type: "string", description: "a word of the subject, or a reference" },
    json,
  },
  run: ({ args }) =>
    run(args.json, async (door, out) => {
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({
          ...(args.box !== undefined && { box: args.box }),
          ...(args.state !== undefined && { state: args.state }),
          ...(args.case !== undefined && { case: args.case }),
          ...(args.find !== undefined && { text: args.find }),
          ...(cursor !== null && { cursor }),
        });
        const page: { requests: RequestHead[]; next: string | null } = await door.call(
          "GET",
          `${base}?${query.toString()}`,
        );
        for (const one of page.requests) out.result(one, headLine(one));
        cursor = page.next;
      } while (cursor !== null);
    }),
});

/** Acts on one request that send some words and answer nothing; then it is shown as it stands. */
const simple = (name: string, description: string, path: string, words: Readonly<Record<string, string>>) =>
  defineCommand({
    meta: { name, description },
    args: {
      id,
      ...Object.fromEntries(
        Object.entries(words).map(([word, says]) => [word, { type: "string", description: says } as const]),
      ),
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const given = args as unknown as Record<string, string | undefined>;
        const body = Object.fromEntries(
          Object.keys(words).flatMap((word) => (given[word] === undefined ? [] : [[word, given[word]]])),
        );
        await door.call("POST", `${base}/${args.id}/${path}`, body);
        await show(door, out, args.id);
      }),
  });

/** The only thread of a request, or the one with the state that was named. */
async function threadOf(door: Client, request: string, state: string | undefined): Promise<string> {
  const { threads } = await door.call<RequestView>("GET", `${base}/${request}`);
  const found = state === undefined ? threads : threads.filter((one) => one.peer === state);
  if (found.length !== 1)
    throw new ClientError(
      "UNUSABLE",
      `say which state with --state: ${threads.map((one) => one.peer).join(", ")}`,
    );
  return found[0]!.id;
}

const withThread = (
  name: string,
  description: string,
  path: string,
  words: Readonly<Record<string, string>>,
) =>
  defineCommand({
    meta: { name, description },
    args: {
      id,
      state: { type: "string", description: "the state, when several were asked" },
      ...Object.fromEntries(
        Object.entries(words).map(([word, says]) => [word, { type: "string", description: says } as const]),
      ),
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const given = args as unknown as Record<string, string | undefined>;
        const thread = await threadOf(door, args.id, given["state"]);
        const body = Object.fromEntries(Object.keys(words).map((word) => [word, given[word] ?? ""]));
        await door.call("POST", `${base}/${args.id}/${path}`, { thread, ...body });
        await show(door, out, args.id);
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
  const query = new URLSearchParams({ text });
  const colleagues = await door.call<Colleague[]>("GET", `/api/access/colleagues?${query.toString()}`);
  const places = new Set(colleagues.flatMap((one) => one.places.map((place) => place.desk.id)));
  if (places.size === 1) return [...places][0]!;
  throw new ClientError("UNUSABLE", `${text} is not one desk; name it by its id`);
}

const subCommands = {
  draft: defineCommand({
    meta: { name: "draft", description: "draft a request in a case; --hit takes over what a check found" },
    args: {
      ...draftWords,
      submit: { type: "boolean", description: "put it before the liaison desk at once" },
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const made = await door.call<{ id: string }>("POST", base, await draftFrom(door, args));
        if (args.submit === true) await door.call("POST", `${base}/${made.id}/submit`);
        out.result(made, made.id);
      }),
  }),
  new: defineCommand({
    meta: {
      name: "new",
      description: "draft a request from a file of JSON (docs: AskDraft); - reads standard input",
    },
    args: {
      file: { type: "positional", required: true, description: "the draft" },
      submit: { type: "boolean", description: "put it before the liaison desk at once" },
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const made = await door.call<{ id: string }>("POST", base, await readJson(args.file));
        if (args.submit === true) await door.call("POST", `${base}/${made.id}/submit`);
        out.result(made, made.id);
      }),
  }),
  show: defineCommand({
    meta: { name: "show", description: "a request with its story and answers" },
    args: { id, json },
    run: ({ args }) => run(args.json, (door, out) => show(door, out, args.id)),
  }),
  preview: defineCommand({
    meta: {
      name: "preview",
      description: "exactly what they will see; --answer for the answer being written",
    },
    args: { id, answer: { type: "boolean", description: "the answer" }, json },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
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
  submit: simple("submit", "put a draft before the liaison desk", "submit", {}),
  approve: defineCommand({
    meta: { name: "approve", description: "let a request leave: a second person, with a second factor" },
    args: { id, reason, json },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const body = { reason: args.reason ?? "" };
        await proven(door, "request.approve", args.id, `${base}/${args.id}/approve`, body);
        await show(door, out, args.id);
      }),
  }),
  return: simple("return", "send a draft back to its author", "return", { reason: "why" }),
  withdraw: simple("withdraw", "take a request back", "withdraw", { reason: "why" }),
  clarify: simple("clarify", "ask the asking state back; the clock stops", "clarify", {
    text: "the question",
  }),
  reply: withThread("reply", "answer what they asked back", "clarification", { text: "the reply" }),
  close: withThread("close", "close it with what it was good for", "close", {
    usefulness: "useful, known-already, not-useful, false, harmful",
    text: "a word more",
  }),
  suspend: simple("suspend", "a judge must authorise first; the clock stops until a date", "suspend", {
    reason: "why",
    until: "the day that is expected, e.g. 2031-04-17",
  }),
  resume: simple("resume", "go on; the clock runs again", "resume", {}),
  refuse: simple("refuse", "refuse, with a ground of the list", "refuse", {
    ground: "a code, e.g. endangers-case-or-person",
    text: "a word more",
  }),
  assign: defineCommand({
    meta: { name: "assign", description: "to the desk that works on it" },
    args: {
      id,
      desk: { type: "string", required: true, description: "its id or a word of its name" },
      note: { type: "string", description: "a word to the desk" },
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const desk = await deskNamed(door, args.desk);
        await door.call("POST", `${base}/${args.id}/assign`, { desk, note: args.note ?? "" });
        await show(door, out, args.id);
      }),
  }),
  answer: defineCommand({
    meta: {
      name: "answer",
      description: "write the answer, in flags or from a file; --submit puts it before whoever releases",
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
      run(args.json, async (door, out) => {
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
    meta: { name: "release", description: "let the answer leave: a second person, with a second factor" },
    args: { id, reason, json },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        const { answer } = await door.call<RequestView>("GET", `${base}/${args.id}`);
        if (answer === null)
          throw new ClientError("REFUSED", "NOT_NOW: no answer waits for its release", "NOT_NOW");
        const body = { reason: args.reason ?? "" };
        await proven(door, "release", answer.id, `${base}/${args.id}/answer/release`, body);
        await show(door, out, args.id);
      }),
  }),
  received: defineCommand({
    meta: { name: "received", description: "what other states gave to a case, and what may be done with it" },
    args: {
      case: { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" },
      json,
    },
    run: ({ args }) =>
      run(args.json, async (door, out) => {
        type Line = {
          id: string;
          originator: string;
          handling: { codes: string[] };
          may: { court: boolean; onward: string[] | "all" };
        };
        const held = await door.call<{
          records: (Line & { copy: string; title: string })[];
          items: (Line & { fileName: string })[];
        }>("GET", `${base}/received?case=${encodeURIComponent(args.case)}`);
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
