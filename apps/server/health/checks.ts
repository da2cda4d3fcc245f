// Judgements over what a node's tables and folders say; the same for `/readyz` and for `simpul doctor`.
import { randomBytes } from "node:crypto";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";
import type { LogState, WorkState } from "@simpul/store";
import { bad, ok, spell, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";

const since = (now: Date, then: Date): number => (now.getTime() - then.getTime()) / 1000;

/** Leaves get their place within seconds, heads within a minute; cosigners are asked every minute. */
const limits = { unplaced: 300, uncosigned: 3_600, jobs: 600, outbox: 3_600 } as const;

export function ledgerFinding(state: LogState, now: Date): Finding {
  const check = `ledger.${state.log}`;
  const { size, signed, waiting, waitingSince } = state;
  if (state.behind)
    return bad(
      check,
      `cosigners have signed ${state.cosignersKnow} entries of ${state.log}, this database has ${signed}: it was restored from an old copy and signs nothing`,
      "restore a newer backup into an empty home; see docs/operating.md, When a node is behind its ledger",
    );
  if (state.restoredAt !== null)
    return warn(
      check,
      `${state.log} was restored ${spell(since(now, state.restoredAt))} ago and waits for a cosigner's word before it signs`,
      "let a peer be reached; it says how much it knows",
    );
  if (waitingSince !== null && since(now, waitingSince) > limits.unplaced)
    return bad(
      check,
      `${waiting} entries of ${state.log} have waited ${spell(since(now, waitingSince))} for their place`,
      "is the node running? read its log for why the ledger could not be continued",
    );
  const newest = Math.max(...state.cosigned.map((one) => one.at.getTime()));
  if (
    state.cosigned.length > 0 &&
    signed > Math.max(...state.cosigned.map((one) => one.size)) &&
    since(now, new Date(newest)) > limits.uncosigned
  )
    return warn(
      check,
      `nobody has cosigned ${state.log} for ${spell(since(now, new Date(newest)))}`,
      "are the peers reachable? see their standing below",
    );
  const by = state.cosigned.map((one) => one.cosigner.slice(0, 2)).join(", ");
  return ok(
    check,
    `${state.log}: ${size} entries, ${signed} signed, cosigned by ${by === "" ? "nobody yet" : by}`,
  );
}

export function workFindings({ jobs, outbox }: WorkState): Finding[] {
  const found: Finding[] = [];
  if (jobs.dead > 0)
    found.push(
      warn(
        "jobs.dead",
        `${jobs.dead} jobs were given up`,
        "an administrator looks at them and lets them try again",
      ),
    );
  if (jobs.abandoned > 0 || jobs.oldest > limits.jobs)
    found.push(
      bad(
        "jobs",
        jobs.abandoned > 0
          ? `${jobs.abandoned} jobs lost their worker and nobody took them`
          : `a job has waited ${spell(jobs.oldest)}`,
        "is the node running? if it is, read its log for failing jobs",
      ),
    );
  else found.push(ok("jobs", `${jobs.waiting} jobs wait, ${jobs.running} run`));
  for (const one of outbox) {
    const name = `outbox.${one.peer}`;
    if (one.dead + one.refused > 0)
      found.push(
        warn(
          `${name}.dead`,
          `${one.dead} messages to ${one.peer} were given up and ${one.refused} refused there`,
          "the peers screen shows them and sends them again",
        ),
      );
    if (one.oldest > limits.outbox)
      found.push(
        warn(
          name,
          `a message to ${one.peer} has waited ${spell(one.oldest)}`,
          `is the node of ${one.peer} reachable?`,
        ),
      );
    else if (one.waiting > 0) found.push(ok(name, `${one.waiting} messages wait for ${one.peer}`));
  }
  return found;
}

const gigabyte = 1_000_000_000;

/** Can evidence be written, and is there room? Writes a small file and takes it away again. */
export async function evidenceFinding(folder: string): Promise<Finding> {
  const probe = path.join(folder, `probe-${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(probe, "wx", 0o600);
    try {
      await handle.writeFile("simpul");
      await handle.sync();
    } finally {
      await handle.close();
      await rm(probe, { force: true });
    }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === "ENOENT")
      return bad("evidence", `${folder} is not there`, "start the node once, or restore it");
    const why =
      code === "ENOSPC" || code === "EDQUOT" ? "the disk is full" : `it cannot be written (${code ?? ""})`;
    return bad(
      "evidence",
      `${folder}: ${why}`,
      "make room, or give the node's account the right to write there",
    );
  }
  const { bavail, bsize, blocks } = await statfs(folder);
  const free = bavail * bsize;
  const says = `${(free / gigabyte).toFixed(1)} GB free for evidence`;
  if (free < gigabyte) return bad("evidence.room", says, "intake stops soon; make room now");
  if (free < 10 * gigabyte || bavail < blocks / 20)
    return warn("evidence.room", says, "make room before intake stops");
  return ok("evidence.room", says);
}
