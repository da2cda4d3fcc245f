// The work of checks that waits in the queue, and what keeps the index fresh.
import { Id } from "@simpul/model";
import { runCheck } from "./asking/run.ts";
import { buildIndex } from "./holding/build.ts";
import type { ChecksNode } from "./node.ts";

interface Job {
  payload: unknown;
}

/** Handlers for the node's worker, by kind of job. Each may run twice. */
export const checksJobs = (node: ChecksNode) => ({
  "check.run": {
    run: (job: Job) => runCheck(node, Id.parse(String((job.payload as { check?: unknown } | null)?.check))),
  },
  "check.index": {
    async run() {
      await buildIndex(node);
    },
  },
});

const askIndex = (node: ChecksNode, afterSeconds: number): Promise<void> =>
  node.store.chore("check", (keeper) =>
    keeper.enqueue({
      kind: "check.index",
      payload: {},
      key: "index",
      runAfter: new Date(keeper.at.getTime() + afterSeconds * 1000),
    }),
  );

/** HIT-12: by the clock, so that no lost wake keeps a removed record findable; called every hour. */
export const refreshIndex = (node: ChecksNode): Promise<void> => askIndex(node, 0);

/**
 * Rebuilds the index soon after any case changed: many changes at once cost one rebuild. Gives how to stop.
 */
export function keepIndex(node: ChecksNode, failed: (fault: unknown) => void): () => void {
  let asked = 0;
  const soon = (): void => {
    const now = node.clock.now().getTime();
    // One waiting job is enough; it is asked for again only when it may have begun.
    if (now - asked < (node.terms.index.afterSeconds * 1000) / 2) return;
    asked = now;
    askIndex(node, node.terms.index.afterSeconds).catch(failed);
  };
  askIndex(node, 0).catch(failed);
  return node.store.wakes.on("case:", soon);
}
