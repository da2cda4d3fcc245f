// Waiting for what a node works on: asked again at a calm pace, told on standard error, left at any time by Ctrl-C.
import type { Output } from "./output.ts";

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds));

/** What a shell reports of a program that was interrupted. */
const interrupted = 130;

/**
 * Looks until `look` gives something, and gives that. What `look` says meanwhile is told once for each change. On Ctrl-C
 * it says `leaving` and ends the program with 130: only the waiting ends, never the work at the node.
 */
export async function until<Found>(
  out: Output,
  leaving: string,
  look: (say: (text: string) => void) => Promise<Found | null>,
  pause = 300,
): Promise<Found> {
  let told = "";
  const say = (text: string): void => {
    if (text !== told) out.say((told = text));
  };
  const leave = (): void => {
    out.say(leaving);
    process.exit(interrupted);
  };
  process.once("SIGINT", leave);
  try {
    for (;;) {
      const found = await look(say);
      if (found !== null) return found;
      await wait(pause);
    }
  } finally {
    process.off("SIGINT", leave);
  }
}
