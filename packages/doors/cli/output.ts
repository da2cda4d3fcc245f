// How a command speaks and ends: results on standard output, everything else on standard error, three ends for scripts.

/**
 * `done`. `refused`: the call was understood, and the answer is no (a named refusal, not proven, not answered); the same
 * call again gives the same. `unusable`: there is no answer, because the call, a file, the settings or the way to the
 * node cannot be used; mend it and call again.
 */
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

/** Runs a command's body; the number it gives is how the command ends. What it throws is told by `dispatch`. */
export async function command(body: () => Promise<number | undefined>): Promise<void> {
  process.exitCode = (await body()) ?? exits.done;
}
