// From what somebody typed to the command that is meant: found, checked, run; its help; and how a refusal is told.
import { stripVTControlCharacters } from "node:util";
import { SimpulError } from "@simpul/model";
import { renderUsage, runCommand } from "citty";
import type { ArgsDef, CommandDef, CommandMeta } from "citty";
import { ClientError, type Facts } from "./client.ts";
import { exits } from "./output.ts";

declare module "citty" {
  interface CommandMeta {
    /** One call as somebody would type it, e.g. `simpul case show ID-2031-000417`. */
    example?: string;
  }
}

// The arguments of a tree's commands differ; what is done with them here is the same.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyCommand = CommandDef<any>;

/** What a code means and what to do next, in the reader's words; null for a code without words. */
export type Explain = (code: string, facts: Facts) => Promise<string | null>;

const resolved = async <T>(value: T | Promise<T> | (() => T | Promise<T>) | undefined): Promise<T | null> =>
  value === undefined
    ? null
    : await (typeof value === "function" ? (value as () => T | Promise<T>)() : value);

const unusable = (text: string): ClientError => new ClientError("UNUSABLE", text);
const asksHelp = (words: readonly string[]): boolean => {
  const end = words.indexOf("--");
  return (end === -1 ? words : words.slice(0, end)).some((one) => one === "--help" || one === "-h");
};

export interface Meant {
  command: AnyCommand;
  /** How it is called, e.g. `simpul request draft`. */
  name: string;
  rest: string[];
  /** Commands below it, when it is a group. */
  below: string[];
}

/** Walks down to the command that the words name; stops at a group when no further word follows. */
export async function meantBy(tree: AnyCommand, words: readonly string[], name?: string): Promise<Meant> {
  const meta = await resolved<CommandMeta>(tree.meta);
  const called = name ?? meta?.name ?? "simpul";
  const below = (await resolved(tree.subCommands)) ?? {};
  const names = Object.keys(below);
  if (names.length === 0) return { command: tree, name: called, rest: [...words], below: names };
  const usual = await resolved<string>(tree.default);
  const plain = words.length === 0 || words[0]!.startsWith("-");
  const next = plain && usual !== null && !asksHelp(words) ? usual : plain ? null : words[0]!;
  if (next === null) return { command: tree, name: called, rest: [...words], below: names };
  const found = Object.hasOwn(below, next) ? await resolved(below[next]) : null;
  if (found === null) throw unusable(`there is no \`${called} ${next}\`; there is: ${names.join(", ")}`);
  return meantBy(found, plain ? words : words.slice(1), `${called} ${next}`);
}

/** What it is for, its arguments, and one call as an example. */
export async function helpOf({ command, name }: Meant): Promise<string> {
  const at = name.lastIndexOf(" ");
  const meta = { ...(await resolved<CommandMeta>(command.meta)), name: name.slice(at + 1) };
  const usage = await renderUsage(
    { ...command, meta },
    at === -1 ? undefined : { meta: { name: name.slice(0, at) } },
  );
  return meta.example === undefined ? usage : `${usage.trimEnd()}\n\nEXAMPLE\n\n  ${meta.example}`;
}

const bare = (word: string): string =>
  word
    .replace(/^--?/, "")
    .replace(/=.*$/s, "")
    .replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Throws `UNUSABLE` for a flag that the command does not have: one that is overlooked would do something else. */
function refuseUnknown(flags: ArgsDef, { name, rest }: Meant): void {
  const known = new Map(Object.entries(flags).map(([flag, about]) => [bare(flag), about.type]));
  for (let at = 0; at < rest.length && rest[at] !== "--"; at++) {
    const word = rest[at]!;
    if (!word.startsWith("--")) continue;
    const flag = bare(word);
    const off = /^no[A-Z]/.test(flag) ? flag[2]!.toLowerCase() + flag.slice(3) : flag;
    const type = known.get(flag) ?? (known.get(off) === "boolean" ? "boolean" : undefined);
    if (type === undefined || type === "positional")
      throw unusable(`${name} has no ${word.replace(/=.*$/s, "")}; see: ${name} --help`);
    if (type === "boolean" || word.includes("=")) continue;
    at += 1;
    if (rest[at] === undefined) throw unusable(`${word} needs a value; see: ${name} --help`);
  }
}

/** How a fault ends the command: 1 where the answer is no, 2 where there is none. */
export const exitOf = (fault: SimpulError): number =>
  fault instanceof ClientError && fault.code === "REFUSED" ? exits.refused : exits.unusable;

async function tell(fault: SimpulError, explain: Explain): Promise<void> {
  const client = fault instanceof ClientError ? fault : null;
  const facts = client?.facts ?? (fault as { facts?: Facts }).facts ?? {};
  const code = client === null ? fault.code : client.refusal;
  const words = code === null ? null : await explain(code, facts);
  process.stderr.write(`${fault.message}\n${words === null ? "" : `${words}\n`}`);
}

/** Runs what was typed. A refusal is told in words and becomes the exit code; a fault of ours keeps its stack. */
export async function dispatch(
  tree: AnyCommand,
  words: readonly string[],
  explain: Explain = () => Promise.resolve(null),
): Promise<void> {
  process.exitCode = exits.done;
  try {
    const meant = await meantBy(tree, words);
    if (asksHelp(meant.rest)) return void process.stdout.write(`${await helpOf(meant)}\n`);
    if (meant.below.length > 0) {
      process.stderr.write(`${await helpOf(meant)}\n`);
      process.exitCode = exits.unusable;
      return;
    }
    refuseUnknown((await resolved<ArgsDef>(meant.command.args as ArgsDef)) ?? {}, meant);
    try {
      await runCommand(meant.command, { rawArgs: meant.rest });
    } catch (fault) {
      // The parser's own complaint: something needed is not there, or is none of what it may be.
      if (!(fault instanceof Error) || fault.name !== "CLIError") throw fault;
      throw unusable(`${stripVTControlCharacters(fault.message)}; see: ${meant.name} --help`);
    }
  } catch (fault) {
    if (!(fault instanceof SimpulError)) throw fault;
    const known = fault as SimpulError;
    await tell(known, explain);
    process.exitCode = exitOf(known);
  }
}
