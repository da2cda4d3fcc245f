// What the commands of the requests room share: lines for people, files of JSON, and proofs.
import { readFile } from "node:fs/promises";
import { client, ClientError, command, exits, output, type Client } from "@simpul/doors/cli";
import type { PermissionView, RequestHead, Thread } from "./contract.ts";

export type Out = ReturnType<typeof output>;
export const json = { type: "boolean", description: "one JSON object a line" } as const;
export const id = { type: "positional", required: true, description: "the request, by id" } as const;
export const reason = { type: "string", description: "why, for the record of the release" } as const;
export const base = "/api/requests";

export const run = (
  asJson: boolean | undefined,
  body: (door: Client, out: Out) => Promise<void>,
): Promise<void> =>
  command(async () => {
    const out = output(asJson ?? false);
    try {
      await body(await client(), out);
      return exits.done;
    } catch (fault) {
      if (!(fault instanceof ClientError) || fault.refusal !== "NEEDS_PERMISSION") throw fault;
      const { originator, record, what, recipients } = fault.facts;
      const use = what === "court" ? "--court COURT" : `--to ${String(recipients)}`;
      out.say(`stopped by the terms of ${String(originator)}; the way out is to ask there:`);
      out.say(`simpul permission ask ${String(record)} --case CASE ${use} --basis CODE --reason WHY`);
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

/** Does what needs a proof: by a click in an exercise, else it says where she shows her passkey. */
export async function proven(
  door: Client,
  act: string,
  record: string,
  path: string,
  body: object,
): Promise<void> {
  try {
    await door.call("POST", path, body);
  } catch (fault) {
    if (!(fault instanceof ClientError) || fault.refusal !== "STEP_UP") throw fault;
    const session = await door.call<{ node: { exercise: boolean } }>("GET", "/api/access/session");
    if (!session.node.exercise) {
      const where = new URL("/settings/prove", door.profile.address);
      where.search = new URLSearchParams({ act, record }).toString();
      throw new ClientError("REFUSED", `show your passkey at ${where.href}, then run this again`, "STEP_UP");
    }
    await door.call("POST", "/api/access/step-up/exercise", { act, record });
    await door.call("POST", path, body);
  }
}
