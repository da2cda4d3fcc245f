// The door of the evidence room, and letting bundles out: the room with the ledger, the keys of confirmed peers, and the verifier.
import { keysOnRecord, statementsOnRecord } from "@simpul/exchange";
import { proofs } from "@simpul/features/access/step-up.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { sweepExports } from "@simpul/features/evidence/export/exports.ts";
import { exportJobs } from "@simpul/features/evidence/export/job.ts";
import type { ExportNode, PeerKeys } from "@simpul/features/evidence/export/node.ts";
import { exportRoutes } from "@simpul/features/evidence/export/routes.ts";
import { sealWhatFits, sweepIntakes } from "@simpul/features/evidence/intake/jobs.ts";
import { evidenceJobs } from "@simpul/features/evidence/jobs.ts";
import { evidenceRoutes } from "@simpul/features/evidence/routes.ts";
import { evidenceRefusals, type GrantsForItems } from "@simpul/features/evidence/contract.ts";
import type { Locale } from "@simpul/doors/i18n";
import { noteKeys } from "./keys.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";
import { builtVerifier } from "./verifier.ts";

/** The language in which a state's own papers are written beside English, where we have it. */
const languages: Readonly<Record<string, Locale>> = { id: "id", kh: "km", ph: "fil" };

const standing = { actor: { kind: "job", name: "export" }, purpose: "administration" } as const;

/** This node's keys of before: each was ended by a change, or because it was stolen. */
function ownEarlier({ code, keys }: Node): ReturnType<ExportNode["earlierLogs"]> {
  const ended = keys.statements
    .map(({ old, since }) => ({ main: noteKeys(code, old).main, since }))
    .reverse();
  return {
    earlier: ended.filter(({ since }) => since === null).map(({ main }) => main),
    stolen: ended.flatMap(({ main, since }) => (since === null ? [] : [{ main, since: new Date(since) }])),
  };
}

export function exportNode(node: Node, grants: GrantsForItems): ExportNode {
  const { code, name, exercise, ledger, keys, peering, store } = node;
  return {
    ...node.evidence,
    name,
    exercise,
    language: languages[code] ?? "en",
    ledger,
    get log() {
      return keys.notes.main;
    },
    proofs,
    grants,
    verifier: builtVerifier,
    earlierLogs: () => ownEarlier(node),
    async saidOfKeys() {
      const own = keys.statements.map(({ text }, nth) => ({ node: code, number: nth + 1, text }));
      const peers = new Set(await peering.peers());
      const theirs = await store.read(standing, (db) => statementsOnRecord(db));
      return [...own, ...theirs.filter((one) => peers.has(one.node))];
    },
    async peerKeys() {
      const stolen = await store.read(standing, (db) => keysOnRecord(db));
      const found: PeerKeys[] = [];
      for (const peer of await peering.peers()) {
        const [now, ...earlier] = await peering.ledgerKeys(peer);
        if (now === undefined) continue;
        const ended = stolen.filter((one) => one.node === peer && one.revokedSince !== null);
        found.push({
          node: peer,
          main: now.main,
          cosigner: now.cosigner,
          earlier,
          stolen: ended.map(({ signing, revokedSince }) => ({
            main: noteKeys(peer, Buffer.from(signing, "base64url")).main,
            since: revokedSince!,
          })),
        });
      }
      return found;
    },
  };
}

export const evidenceRoom = ({ evidence }: Node, exporting: ExportNode, cases: CasesNode): Room => ({
  doors: [
    ["/api/evidence", exportRoutes(exporting)],
    ["/api/evidence", evidenceRoutes({ ...evidence, cases: casesForOthers(cases) })],
  ],
  jobs: { ...evidenceJobs(evidence), ...exportJobs(exporting) },
  chores: [
    { name: "seal what had no room", everySeconds: 60, run: () => sealWhatFits(evidence) },
    { name: "sweep intakes", everySeconds: 3600, run: () => sweepIntakes(evidence) },
    { name: "sweep bundles", everySeconds: 3600, run: () => sweepExports(evidence) },
  ],
  refusals: evidenceRefusals,
});
