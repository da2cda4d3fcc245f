// What the commands of the requests room share: lines for people, files of JSON, and proofs.
import { readFile } from "node:fs/promises";
import { ClientError, signedIn, type Client, type Output } from "@simpul/doors/cli";
import type { PermissionView, RequestHead, RequestView, Thread } from "./contract.ts";

export const id = { type: "positional", required: true, description: "the request, by id" } as const;
export const reason = { type: "string", description: "why, for the record of the release" } as const;
export const base = "/api/requests";

/** The case from which a request is asked or answered; null where it names none. */
async function caseOf(door: Client, request: string | undefined): Promise<string | null> {
  if (request === undefined) return null;
  const view = await door.call<RequestView>("GET", `${base}/${request}`);
  return view.case?.number ?? view.answer?.case ?? null;
}

/** As every command, and where another state's terms stop it, it says the way out before the refusal (HC-6). */
export const run = (
  args: { json?: boolean | undefined; id?: string; case?: string | undefined },
  body: (door: Client, out: Output) => Promise<void>,
): Promise<void> =>
  signedIn(args, async (door, out) => {
    try {
      await body(door, out);
    } catch (fault) {
      if (!(fault instanceof ClientError) || fault.refusal !== "NEEDS_PERMISSION") throw fault;
      const { originator, record, what, recipients } = fault.facts;
      const of = args.case ?? (await caseOf(door, args.id)) ?? "CASE";
      const use = what === "court" ? "--court COURT" : `--to ${String(recipients)}`;
      out.say(`stopped by the terms of ${String(originator)}; the way out is to ask there:`);
      out.say(`simpul permission ask ${String(record)} --case ${of} ${use} --basis CODE --reason WHY`);
      throw fault;
    }
  });

/** What is left of a clock, in whole hours. */
export function clockLine(clock: Thread["clock"]): string {
  if (clock === null) return "";
  if (clock.state !== "running")
    return clock.until === null ? clock.state : `${clock.state} until ${clock.until}`;
  return `${clock.over ? "over since" : "due"} ${clock.due ?? ""}`;
}

export function headLine(one: RequestHead): string {
  const threads = one.threads.map((thread) =>
    [thread.peer, thread.state, thread.outcome, clockLine(thread.clock)].filter((part) => part).join(" "),
  );
  return [one.id, one.box, one.urgent ? "URGENT" : "-", threads.join("; "), one.subject].join("\t");
}

export const permissionLine = (one: PermissionView): string =>
  [
    one.id,
    one.box,
    one.peer,
    one.state,
    one.action,
    one.overdue ? "OVERDUE" : one.due,
    one.records.map((r) => r.title).join(", "),
  ].join("\t");

/** A file of JSON, or standard input for `-`. */
export async function readJson(file: string): Promise<object> {
  try {
    if (file !== "-") return JSON.parse(await readFile(file, "utf8")) as object;
    const parts: Buffer[] = [];
    for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as object;
  } catch (cause) {
    throw new ClientError("UNUSABLE", `${file} is not JSON that can be read`, null, cause);
  }
}

/** Shows a request with its story, its answers and what may be done now. */
export const show = async (door: Client, out: Output, request: string): Promise<void> => {
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
