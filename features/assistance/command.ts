// `simpul assistance`: what each state asks, drafts with their checker, the steps of a matter, freezing and what came back.
import { readFile } from "node:fs/promises";
import { ClientError, json, proven, signedIn, withQuery } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import {
  steps,
  type AssistanceHead,
  type AssistanceView,
  type Codes,
  type Finding,
  type Step,
} from "./contract.ts";

const base = "/api/assistance";
const id = { type: "positional", required: true, description: "the matter, by id" } as const;
const anId = "01890000-0000-7000-8000-000000000001";

const headLine = (one: AssistanceHead): string =>
  [
    one.id,
    one.direction === "outgoing" ? `to ${one.peer}` : `from ${one.peer}`,
    one.type,
    one.state,
    one.overdue ? "OVERDUE" : (one.due ?? "-"),
    one.keptUntil === null ? "-" : `kept ${one.keptUntil}`,
    one.provisional ? "provisional" : "-",
    one.subject,
  ].join("\t");
const findingLine = (one: Finding): string =>
  [one.level, one.code, one.field ?? "-", one.standing, one.source].join("\t");

/** Which second factor a step takes; null where it takes none. */
const actOf = (step: Step): "assistance.send" | "assistance.freeze" | null =>
  step === "send" ? "assistance.send" : step === "freeze" || step === "renew" ? "assistance.freeze" : null;

export const assistanceCommand = defineCommand({
  meta: { name: "assistance", description: "from police to court: freeze data, ask formally, carry out" },
  subCommands: {
    list: defineCommand({
      meta: {
        name: "list",
        description: "matters you see, with their clocks",
        example: "simpul assistance list --box incoming",
      },
      args: {
        box: { type: "string", description: "outgoing, incoming" },
        state: { type: "string", description: "open, closed" },
        case: { type: "string", description: "a case, by number" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const where = withQuery(base, { box: args.box, state: args.state, case: args.case });
          const { assistances } = await door.call<{ assistances: AssistanceHead[] }>("GET", where);
          for (const one of assistances) out.result(one, headLine(one));
        }),
    }),
    states: defineCommand({
      meta: {
        name: "states",
        description: "what each state asks of a formal request",
        example: "simpul assistance states",
      },
      args: { json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { states } = await door.call<Codes>("GET", `${base}/codes`);
          for (const one of states)
            out.result(
              one,
              [
                one.state,
                one.centralAuthority.name.value || "to be confirmed",
                one.languages.accepted.join(","),
                one.certification.accepted.join(","),
                one.trafficking.law.value,
                one.centralAuthority.name.standing,
              ].join("\t"),
            );
        }),
    }),
    begin: defineCommand({
      meta: {
        name: "begin",
        description: "a draft, from a request and its answers or from a case",
        example: `simpul assistance begin --type business-records --to kh --request ${anId}`,
      },
      args: {
        type: { type: "string", required: true, description: "preservation, statement, business-records, …" },
        to: { type: "string", required: true, description: "the state that is asked" },
        letter: {
          type: "string",
          description: "where it has no node: whom to write to, e.g. mm-central-body",
        },
        request: { type: "string", description: "a request whose facts and answers are copied" },
        case: { type: "string", description: "or a case, by number" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          if ((args.request === undefined) === (args.case === undefined))
            throw new ClientError("UNUSABLE", "say --request or --case, one of the two");
          const made = await door.call<{ id: string }>("POST", base, {
            kind: args.type === "preservation" ? "preservation" : "formal",
            type: args.type,
            to: args.to,
            ...(args.letter === undefined ? {} : { letter: args.letter }),
            ...(args.request === undefined ? { case: args.case } : { request: args.request }),
          });
          out.result(made, made.id);
        }),
    }),
    write: defineCommand({
      meta: {
        name: "write",
        description: "fill fields of a draft from a JSON file; prints what the checker finds",
        example: `simpul assistance write ${anId} fields.json`,
      },
      args: {
        id,
        file: {
          type: "positional",
          required: true,
          description: "fields by name, as `show --json` prints them",
        },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          let fields: unknown;
          try {
            fields = JSON.parse(await readFile(args.file, "utf8"));
          } catch (cause) {
            throw new ClientError("UNUSABLE", "the file holds no JSON object of fields", null, cause);
          }
          const view = await door.call<AssistanceView>("GET", `${base}/${args.id}`);
          const { findings } = await door.call<{ findings: Finding[] }>("PUT", `${base}/${args.id}`, {
            form: { ...view.form, ...(fields as object) },
            version: view.version,
          });
          for (const one of findings) out.result(one, findingLine(one));
        }),
    }),
    check: defineCommand({
      meta: {
        name: "check",
        description: "what the checker finds; exit 1 where it stops the draft",
        example: `simpul assistance check ${anId}`,
      },
      args: { id, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { findings } = await door.call<AssistanceView>("GET", `${base}/${args.id}`);
          for (const one of findings) out.result(one, findingLine(one));
          return findings.some((one) => one.level === "error") ? 1 : 0;
        }),
    }),
    step: defineCommand({
      meta: {
        name: "step",
        description: "take a step; sending and freezing take a second factor",
        example: `simpul assistance step ${anId} submit`,
      },
      args: {
        id,
        step: { type: "positional", required: true, description: "one of those that `show` names" },
        reason: { type: "string", default: "", description: "in words" },
        ground: {
          type: "string",
          description: "with ask, postpone and refuse: by its code; with send: how it goes",
        },
        until: { type: "string", description: "a day, e.g. 2031-04-17" },
        desk: { type: "string", description: "with assign: the desk, by id" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const step = steps.find((one) => one === args.step);
          if (step === undefined) throw new ClientError("UNUSABLE", `steps: ${steps.join(", ")}`);
          const take = () =>
            door.call("POST", `${base}/${args.id}/steps`, {
              step,
              text: args.reason,
              ...(args.ground !== undefined && { code: args.ground }),
              ...(args.until !== undefined && { until: args.until }),
              ...(args.desk !== undefined && { desk: args.desk }),
            });
          const act = actOf(step);
          if (act === null) await take();
          else await proven(door, { act, record: args.id }, take);
          const view = await door.call<AssistanceView>("GET", `${base}/${args.id}`);
          out.result({ id: view.id, state: view.state }, view.state);
        }),
    }),
    show: defineCommand({
      meta: {
        name: "show",
        description: "one matter: its story, what came back, what you may do",
        example: `simpul assistance show ${anId}`,
      },
      args: { id, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const view = await door.call<AssistanceView>("GET", `${base}/${args.id}`);
          const lines = [
            headLine(view),
            ...view.steps.map((one) =>
              `  ${one.at} ${one.side} ${one.step} ${one.code ?? ""} ${one.until ?? ""} ${one.text}`.trimEnd(),
            ),
            ...view.leftOut.map(
              (one) =>
                `  left out: ${one.reference} ${one.title} (${one.because} of ${one.originator}, ${one.wayOut})`,
            ),
            ...view.back.items.map((one) =>
              `  came back: ${one.title} ${one.court ? "court" : "not in court"} ${one.text ?? ""}`.trimEnd(),
            ),
            `  you may: ${view.may.join(", ") || "-"}`,
          ];
          out.result(view, lines.join("\n"));
        }),
    }),
  },
});
