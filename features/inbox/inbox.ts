// Collects what waits for an officer and her desk from all features that hand something over.
import type { Officer, Purpose } from "@simpul/model";
import type { InboxSource, InboxView } from "./contract.ts";
import { inOrder } from "./rules.ts";

const most = 500;

/** One source that fails hides its own entries, says so, and nothing else. */
export async function inboxOf(
  sources: readonly InboxSource[],
  standing: { actor: Officer; purpose: Purpose },
  log: (fault: unknown, source: string) => void,
): Promise<InboxView> {
  const answers = await Promise.allSettled(sources.map((source) => source.waiting(standing)));
  const missing: string[] = [];
  const entries = answers.flatMap((answer, i) => {
    if (answer.status === "fulfilled") return answer.value;
    const { name } = sources[i]!;
    missing.push(name);
    log(answer.reason, name);
    return [];
  });
  return { entries: inOrder(entries).slice(0, most), missing };
}
