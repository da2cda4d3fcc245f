// The work of the evidence room that waits in the queue: sealing, reading, searching.
import { Id } from "@simpul/model";
import { runSeal } from "./intake/jobs.ts";
import type { EvidenceNode } from "./node.ts";
import { runDetect, runReading } from "./reading/job.ts";

interface Job {
  payload: unknown;
  signal: AbortSignal;
}

const idIn = (payload: unknown, name: string): Id =>
  Id.parse(String((payload as Record<string, unknown> | null)?.[name]));

/** Handlers for the node's worker, by kind of job. Each may run twice. */
export const evidenceJobs = (node: EvidenceNode) => ({
  "evidence.seal": { run: (job: Job) => runSeal(node, idIn(job.payload, "intake")) },
  "evidence.read": { run: (job: Job) => runReading(node, idIn(job.payload, "item"), job.signal), tries: 3 },
  "evidence.detect": { run: (job: Job) => runDetect(node, idIn(job.payload, "item"), job.signal), tries: 3 },
});
