// Cases: what they are given of this node, and where their door stands.
import { directory } from "@simpul/features/access/directory.ts";
import { readCodes } from "@simpul/features/cases/codes.ts";
import { casesRefusals } from "@simpul/features/cases/contract.ts";
import { caseTasks, emergencies } from "@simpul/features/cases/inbox.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { casesRoutes } from "@simpul/features/cases/routes.ts";
import { findingsForCases } from "@simpul/features/evidence/findings.ts";
import { restsOf } from "@simpul/features/oversight/freeze.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function casesNode(node: Node): CasesNode {
  const { code, store, clock } = node;
  return {
    code,
    store,
    clock,
    policy: node.policy,
    codes: readCodes(),
    directory: directory(store),
    rests: restsOf,
    wake: (topic) => store.wakes.wake(topic),
    findings: findingsForCases(node.evidence),
  };
}

export const casesRoom = (cases: CasesNode): Room => ({
  doors: [["/api/cases", casesRoutes(cases)]],
  inbox: [caseTasks(cases), emergencies(cases)],
  refusals: casesRefusals,
});
