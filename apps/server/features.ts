// The features of this product, listed by hand: what each is given, and where its door stands.
import type { Acting, Credential, Env, OpenAPIHono, Refusals } from "@simpul/doors/http";
import { accessRefusals } from "@simpul/features/access/contract.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { accessRoutes } from "@simpul/features/access/routes.ts";
import { resolveSession } from "@simpul/features/access/sessions.ts";
import { readCodes } from "@simpul/features/cases/codes.ts";
import { casesRefusals } from "@simpul/features/cases/contract.ts";
import { caseTasks } from "@simpul/features/cases/inbox.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { casesRoutes } from "@simpul/features/cases/routes.ts";
import { evidenceRefusals } from "@simpul/features/evidence/contract.ts";
import { evidenceJobs } from "@simpul/features/evidence/jobs.ts";
import { sweepIntakes } from "@simpul/features/evidence/intake/jobs.ts";
import { findingsForCases } from "@simpul/features/evidence/findings.ts";
import { evidenceRoutes } from "@simpul/features/evidence/routes.ts";
import { directory } from "@simpul/features/access/directory.ts";
import { caseNumbers } from "@simpul/features/cases/numbers.ts";
import { inboxRoutes } from "@simpul/features/inbox/routes.ts";
import type { OversightNode } from "@simpul/features/oversight/node.ts";
import { oversightRoutes } from "@simpul/features/oversight/routes.ts";
import type { PeerPart } from "@simpul/exchange";
import type { Policy } from "@simpul/policy";
import type { JobHandler } from "@simpul/store";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import type { Node } from "./node.ts";

export interface Features {
  cookie: string;
  resolve(credential: Credential): Promise<Acting | null>;
  /** Doors that stand open before anybody signed in, or bring a guard of their own. */
  open: readonly [string, OpenAPIHono<Env>][];
  signedIn: readonly [string, OpenAPIHono<Env>][];
  refusals: Refusals;
  /** What each feature takes from other nodes, sends them and answers. */
  peer: readonly PeerPart[];
  /** By kind of job. */
  jobs: Readonly<Record<string, JobHandler>>;
  /** What is due by the clock. */
  chores: readonly { name: string; everySeconds: number; run(): Promise<unknown> }[];
}

/** What access asks of a node that people reach at `address`. */
export function accessNode(node: Node, address: string): AccessNode {
  const { code, name, exercise, store, clock, random } = node;
  const rp = { id: new URL(address).hostname, name: `Simpul ${name}`, origins: [address] };
  return { code, name, exercise, store, clock, random, rp, policy: loadPolicy(cedar) };
}

export function casesNode(node: Node): CasesNode {
  const { code, store, clock } = node;
  return {
    code,
    store,
    clock,
    policy: loadPolicy(cedar),
    codes: readCodes(),
    wake: (topic) => store.wakes.wake(topic),
    findings: findingsForCases(node.evidence),
  };
}

/** What oversight reads at this node. */
function overseen(node: Node, policy: Policy): OversightNode {
  const { code, store, ledger, keys } = node;
  return {
    code,
    store,
    ledger,
    policy,
    origins: { main: keys.notes.main.name, reads: keys.notes.reads.name },
    names: { directory: directory(store), cases: caseNumbers(store) },
  };
}

export function features(node: Node, address: string): Features {
  const access = accessNode(node, address);
  const cookie = `simpul_${node.code}`;
  const cases = casesNode(node);
  return {
    cookie,
    resolve: (credential) => resolveSession(access, credential),
    open: [["/api/access", accessRoutes(access, { cookie, secure: address.startsWith("https:") })]],
    signedIn: [
      ["/api/cases", casesRoutes(cases)],
      ["/api/evidence", evidenceRoutes(node.evidence)],
      ["/api/oversight", oversightRoutes(overseen(node, cases.policy))],
      [
        "/api/inbox",
        inboxRoutes({ sources: [caseTasks(cases)], log: (err, source) => node.log.warn({ err, source }) }),
      ],
    ],
    peer: [],
    jobs: { ...evidenceJobs(node.evidence) },
    chores: [{ name: "sweep intakes", everySeconds: 3600, run: () => sweepIntakes(node.evidence) }],
    refusals: { ...accessRefusals, ...casesRefusals, ...evidenceRefusals, NOT_A_FILTER: 422 },
  };
}
