// The evidence room of a node: its store of bytes and its staging.
import path from "node:path";
import type { EvidenceNode } from "@simpul/features/evidence/node.ts";
import { deviceKeys } from "@simpul/features/access/devices.ts";
import { directory } from "@simpul/features/access/directory.ts";
import { restsOf } from "@simpul/features/oversight/freeze.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { usualLimits } from "@simpul/features/evidence/contract.ts";
import { usualReadingLimits } from "@simpul/features/evidence/reading/limits.ts";
import { openFolder } from "@simpul/store/blobs";
import type { Node } from "./node.ts";

export async function openEvidence(
  node: Pick<Node, "code" | "settings" | "store" | "policy" | "ledger" | "keys" | "clock" | "random">,
): Promise<EvidenceNode> {
  const { code, settings, store, policy, ledger, keys, clock, random } = node;
  return {
    code,
    store,
    clock,
    random,
    policy,
    blobs: await openFolder(path.join(settings.home, "evidence")),
    signer: keys.signer,
    nodeKeys: keys.ever,
    box: keys.box,
    devices: deviceKeys(store),
    directory: directory(store),
    rests: restsOf,
    caseFacts: factsOf,
    staging: path.join(settings.home, "staging"),
    limits: usualLimits,
    reading: usualReadingLimits,
    wake: (topic) => store.wakes.wake(topic),
    async cosigners(index) {
      const head = await ledger.head("main");
      return head !== null && head.size > index ? head.cosigners.map((one) => one.name) : [];
    },
  };
}
