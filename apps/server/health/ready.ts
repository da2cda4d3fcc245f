// `/readyz`: can this node do its work now, part by part, in words; asked of the node itself at most once in two seconds.
import path from "node:path";
import { ledgerState, workState } from "@simpul/store";
import type { Node } from "../node.ts";
import { evidenceFinding, ledgerFinding, workFindings } from "./checks.ts";
import { bad, ok, worst } from "./finding.ts";
import type { Finding } from "./finding.ts";

export interface Readiness {
  node: string;
  /** `degraded`: works, and somebody should look. */
  status: "ready" | "degraded" | "not-ready";
  parts: Finding[];
}

const keptFor = 2_000;

/** Gives a function that looks, and hands out the same look to all who ask within two seconds. */
export function readiness(
  node: Pick<Node, "code" | "store" | "settings" | "clock">,
): () => Promise<Readiness> {
  let kept: { at: number; look: Promise<Readiness> } | null = null;
  return () => {
    const now = Date.now();
    if (kept === null || now - kept.at > keptFor) kept = { at: now, look: lookAt(node) };
    return kept.look;
  };
}

async function lookAt(node: Pick<Node, "code" | "store" | "settings" | "clock">): Promise<Readiness> {
  const evidence = evidenceFinding(path.join(node.settings.home, "evidence"));
  const rows = readRows(node).catch((): Finding[] => [
    bad("database", "the database does not answer", "is PostgreSQL running, and does the node reach it?"),
  ]);
  const parts = [...(await rows), await evidence];
  // Without database or evidence store nothing can be kept; all else lets officers work on.
  const broken = parts.some((one) => one.level === "bad" && /^(database|evidence)/.test(one.check));
  const level = worst(parts);
  return { node: node.code, status: broken ? "not-ready" : level === "ok" ? "ready" : "degraded", parts };
}

async function readRows({ store, clock }: Pick<Node, "store" | "clock">): Promise<Finding[]> {
  await store.ping();
  const now = clock.now();
  const ledger = (await ledgerState(store)).map((state) => ledgerFinding(state, now));
  return [ok("database", "the database answers"), ...ledger, ...workFindings(await workState(store))];
}
