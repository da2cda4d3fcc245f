// How a command speaks: results on standard output, everything else on standard error.
import { SimpulError } from "@simpul/model";

/** Ends of a command that scripts rely on: done, not proven or refused, unusable input or use. */
export const exits = { done: 0, refused: 1, unusable: 2 } as const;

export interface Output {
  /** One result: a JSON object a line for machines, `text` for people. */
  result(value: object, text: string): void;
  /** Something by the way; never on standard output. */
  say(text: string): void;
}

/** The two writers are passed in, so that a test can read what a command said. */
export function output(
  json: boolean,
  out: (text: string) => void = (text) => process.stdout.write(text),
  err: (text: string) => void = (text) => process.stderr.write(text),
): Output {
  return {
    result: (value, text) => out(json ? `${JSON.stringify(value)}\n` : `${text}\n`),
    say: (text) => err(`${text}\n`),
  };
}

/** Runs a command's body; a named refusal becomes one line and its exit code, a fault keeps its stack. */
export async function command(body: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await body()) ?? exits.done;
  } catch (fault) {
    if (!(fault instanceof SimpulError)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = exits.unusable;
  }
}
