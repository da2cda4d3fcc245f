// `simpul take-in`, `items`, `read`, `confirm`: evidence at the command line, signed by this computer's device key.
import { ClientError, json, pages, signedIn, until, type Client, type Output } from "@simpul/doors/cli";
import { Id, holderRoles, selectorTypes, type HolderRole, type SelectorType } from "@simpul/model";
import { methods } from "@simpul/evidence";
import { defineCommand } from "citty";
import { base, fileOf, pasted, patiently, refusedBy, takeIn } from "./command-send.ts";
import type { FindingGroup, Item, Part } from "./contract.ts";

/** A case by its number, or by its id. */
const caseId = async (door: Client, ref: string): Promise<Id> =>
  (await door.call<{ id: Id }>("GET", `/api/cases/${encodeURIComponent(ref)}`)).id;

const itemOf = (door: Client, id: Id): Promise<Item> =>
  patiently(() => door.call<Item>("GET", `${base}/items/${id}`));

const oneOf = <const Word extends string>(all: readonly Word[], word: string, flag: string): Word => {
  const found = all.find((one) => one === word);
  if (found === undefined) throw new ClientError("UNUSABLE", `${flag}: one of ${all.join(", ")}`);
  return found;
};

export const takeInCommand = defineCommand({
  meta: {
    name: "take-in",
    description: "hash, sign, send and seal files",
    example: "simpul take-in chat.txt bank.xlsx --case ID-2031-000417",
  },
  args: {
    file: { type: "positional", required: false, description: "files" },
    case: { type: "string", description: "the case they belong to, e.g. ID-2031-000417" },
    method: { type: "string", default: "device-export", description: methods.join(", ") },
    paste: { type: "boolean", description: "take the text on standard input" },
    read: { type: "boolean", default: true, description: "wait until it is read" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const method = oneOf(methods, args.method, "--method");
      const files =
        args.paste === true
          ? [await pasted()]
          : await Promise.all(args._.map((file) => fileOf(file, method)));
      if (files.length === 0) throw new ClientError("UNUSABLE", "say which files, or --paste");
      const into = args.case === undefined ? null : await caseId(door, args.case);
      for (const bytes of files) {
        const { item: id } = await takeIn(door, bytes, into, out.say);
        const item = args.read ? await untilRead(door, out, id, true) : await itemOf(door, id);
        out.result(item, lineOf(item));
      }
    }),
});

/** Waits until an item is read, and with `searched` searched too, or cannot be read; says how far that is. */
function untilRead(door: Client, out: Output, id: Id, searched: boolean): Promise<Item> {
  const leaving = `the node goes on reading; see: simpul read ${id}`;
  return until(out, leaving, async (say) => {
    const item = await itemOf(door, id);
    const { state, detection, progress } = item.reading;
    if (state === "refused" || detection === "done" || (state === "ready" && !searched)) return item;
    say(`${item.fileName}: ${state === "ready" ? "being searched" : `${Math.round(100 * progress)} % read`}`);
    return null;
  });
}

const lineOf = (item: Item): string =>
  [
    item.id,
    item.fileName,
    `${item.size} B`,
    item.reading.refusal?.code ?? `${item.reading.kind ?? "…"} ${item.reading.parts}`,
    `${item.findings.open} / ${item.findings.confirmed}`,
  ].join("\t");

export const itemsCommand = defineCommand({
  meta: {
    name: "items",
    description: "the items that you see",
    example: "simpul items --case ID-2031-000417",
  },
  args: { case: { type: "string", description: "only of this case" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const of = args.case === undefined ? null : await caseId(door, args.case);
      type ItemPage = { items: Item[]; next: string | null };
      for await (const page of pages<ItemPage>(door, `${base}/items`, { case: of }))
        for (const item of page.items) out.result(item, lineOf(item));
    }),
});

const findingLine = (one: FindingGroup): string =>
  [
    one.id,
    one.type,
    one.canonical,
    one.valid ? "" : `! ${one.doubt ?? ""}`,
    `×${one.times}`,
    one.states.join(","),
    one.roles.join(","),
  ].join("\t");

const findingsOf = async (door: Client, item: Id): Promise<FindingGroup[]> =>
  (await door.call<{ findings: FindingGroup[] }>("GET", `${base}/items/${item}/findings`)).findings;

export const readCommand = defineCommand({
  meta: {
    name: "read",
    description: "the text of an item, or with --findings what was found in it; waits until it is read",
    example: "simpul read 01890000-0000-7000-8000-000000000001 --findings",
  },
  args: {
    item: { type: "positional", required: true, description: "the item, by id" },
    findings: { type: "boolean", description: "what was found" },
    wait: { type: "boolean", default: true, description: "wait until it is read" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const id = Id.parse(args.item);
      if (args.wait) {
        const { reading } = await untilRead(door, out, id, args.findings === true);
        if (reading.refusal !== null) throw refusedBy(reading.refusal.code, reading.refusal.facts);
      }
      if (args.findings === true) {
        for (const one of await findingsOf(door, id)) out.result(one, findingLine(one));
        return;
      }
      const reading = `${base}/items/${id}/reading`;
      const { segments } = await door.call<{ segments: { number: number }[] }>("GET", reading);
      for (const { number } of segments) {
        const { parts } = await door.call<{ parts: Part[] }>("GET", `${reading}/${number}`);
        for (const part of parts)
          out.result(part, [part.at, part.sender, part.text].filter((one) => one !== undefined).join("\t"));
      }
    }),
});

/** `TYPE:VALUE` as `--as` takes it. */
function correctionOf(text: string): { type: SelectorType; value: string } {
  const [type, ...value] = text.split(":");
  return { type: oneOf(selectorTypes, type!, "--as TYPE:VALUE, its type"), value: value.join(":") };
}

export const confirmCommand = defineCommand({
  meta: {
    name: "confirm",
    description: "say whose a finding is, correct it with --as, or --reject it",
    example: "simpul confirm 01890000-0000-7000-8000-000000000001 +6285400001702 --role suspect",
  },
  args: {
    item: { type: "positional", required: true, description: "the item, by id" },
    value: { type: "positional", required: true, description: "canonical value, or a finding's id" },
    role: { type: "string", description: holderRoles.join(", ") },
    as: { type: "string", description: "TYPE:VALUE that it really is" },
    reject: { type: "boolean", description: "it is nothing" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const item = Id.parse(args.item);
      const role: HolderRole | null =
        args.role === undefined ? null : oneOf(holderRoles, args.role, "--role");
      const found = (await findingsOf(door, item)).filter((one) =>
        [one.id as string, one.canonical].includes(args.value),
      );
      if (found.length === 0) {
        const says = `${args.value} was not found in it; see: simpul read ${item} --findings`;
        throw new ClientError("UNUSABLE", says);
      }
      const done = await door.call<{ act: Id; changed: number }>("POST", `${base}/items/${item}/decisions`, {
        findings: found.map((one) => one.id),
        decision: args.reject === true ? "reject" : args.as === undefined ? "confirm" : "correct",
        alike: true,
        ...(role !== null && { role }),
        ...(args.as !== undefined && { correction: correctionOf(args.as) }),
      });
      out.result(done, `${done.changed} · ${args.value} · ${role ?? "-"}`);
    }),
});
