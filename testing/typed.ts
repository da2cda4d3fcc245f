// A command typed in this process: what it said on both outputs, and how it ended.
import { dispatch, type AnyCommand } from "../packages/doors/cli/dispatch.ts";
import { vi } from "vitest";

export interface Typed {
  /** Standard output. */
  text: string;
  /** Standard error. */
  wrong: string;
  /** 0 done, 1 refused, 2 unusable. */
  exit: number;
}

/** Types `words` after the command's name. `heard` gets each piece of standard error at once. */
export async function typed(
  command: unknown,
  words: readonly string[],
  heard: (text: string) => void = () => undefined,
): Promise<Typed> {
  let [text, wrong] = ["", ""];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((piece) => ((text += String(piece)), true)),
    vi.spyOn(process.stderr, "write").mockImplementation((piece) => {
      wrong += String(piece);
      heard(String(piece));
      return true;
    }),
  ];
  try {
    await dispatch(command as AnyCommand, words);
    return { text, wrong, exit: Number(process.exitCode) };
  } finally {
    for (const spy of spies) spy.mockRestore();
    // How a command of a test ended is not how the test ends.
    process.exitCode = 0;
  }
}

/** The lines that a command printed under `--json`. */
export const linesOf = ({ text }: Pick<Typed, "text">): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
