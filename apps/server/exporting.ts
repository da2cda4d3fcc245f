// Letting bundles out of a node: the evidence room with the ledger, the keys of confirmed peers, and the verifier.
import { proofs } from "@simpul/features/access/step-up.ts";
import type { ExportNode, PeerKeys } from "@simpul/features/evidence/export/node.ts";
import type { GrantsForItems } from "@simpul/features/evidence/contract.ts";
import type { Locale } from "@simpul/doors/i18n";
import type { Node } from "./node.ts";
import { builtVerifier } from "./verifier.ts";

/** The language in which a state's own papers are written beside English, where we have it. */
const languages: Readonly<Record<string, Locale>> = { id: "id", kh: "km", ph: "fil" };

export function exportNode(node: Node, grants: GrantsForItems): ExportNode {
  const { code, name, exercise, ledger, keys, peering } = node;
  return {
    ...node.evidence,
    name,
    exercise,
    language: languages[code] ?? "en",
    ledger,
    log: keys.notes.main,
    proofs,
    grants,
    verifier: builtVerifier,
    async peerKeys() {
      const found: PeerKeys[] = [];
      for (const peer of await peering.peers()) {
        const known = await peering.ledgerKeys(peer);
        if (known !== null) found.push({ node: peer, main: known.main, cosigner: known.cosigner });
      }
      return found;
    },
  };
}
