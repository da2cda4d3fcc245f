// Oversight, freezes and what a person may ask about herself: what they read at this node, and where their doors stand.
import { directory } from "@simpul/features/access/directory.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { caseNumbers } from "@simpul/features/cases/numbers.ts";
import { trustPolicy } from "@simpul/features/evidence/export/policy.ts";
import { oversightInbox } from "@simpul/features/oversight/inbox.ts";
import { oversightRefusals, type OversightNode } from "@simpul/features/oversight/node.ts";
import { notice } from "@simpul/features/oversight/notice.ts";
import { freezeRoutes } from "@simpul/features/oversight/routes-work.ts";
import { oversightRoutes } from "@simpul/features/oversight/routes.ts";
import { drawSamples } from "@simpul/features/oversight/sample.ts";
import { readWorkDays } from "@simpul/features/requests/calendars.ts";
import { subjectAccessRefusals } from "@simpul/features/subject-access/contract.ts";
import { subjectAccessInbox } from "@simpul/features/subject-access/inbox.ts";
import { subjectAccessRoutes } from "@simpul/features/subject-access/routes.ts";
import type { Policy } from "@simpul/policy";
import { printVerifierKey } from "@simpul/seal";
import { noteKeys } from "./keys.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

function oversightNode(
  node: Node,
  policy: Policy,
  exporting: Parameters<typeof trustPolicy>[0],
): OversightNode {
  const { code, store, ledger, keys } = node;
  return {
    code,
    store,
    ledger,
    policy,
    origins: { main: keys.notes.main.name, reads: keys.notes.reads.name },
    names: { directory: directory(store), cases: caseNumbers(store) },
    proofs,
    mainPolicy: async () => (await trustPolicy(exporting)).text,
    logKeys() {
      const all = keys.ever.map((key) => noteKeys(code, key));
      return {
        main: all.map((one) => printVerifierKey(one.main)),
        reads: all.map((one) => printVerifierKey(one.reads)),
      };
    },
  };
}

export function oversightRoom(
  node: Node,
  policy: Policy,
  exporting: Parameters<typeof trustPolicy>[0],
): Room {
  const oversight = oversightNode(node, policy, exporting);
  const { code, name, store } = node;
  const subjects = { ...{ code, name, store, policy, proofs }, ...oversight.names };
  const workDays = readWorkDays().of([code])[0] ?? null;
  return {
    doors: [
      ["/api/oversight", oversightRoutes(oversight)],
      ["/api/freezes", freezeRoutes(oversight)],
      ["/api/subject-access", subjectAccessRoutes(subjects)],
    ],
    inbox: [oversightInbox(oversight), subjectAccessInbox(subjects)],
    chores: [
      { name: "draw the week's sample", everySeconds: 3600, run: () => drawSamples(oversight) },
      {
        name: "notice what stands out in the log",
        everySeconds: 3600,
        run: () => notice(oversight, workDays),
      },
    ],
    refusals: { ...oversightRefusals, ...subjectAccessRefusals },
  };
}
