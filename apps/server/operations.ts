// The room of operations: what it is given of this node, its exchange and the paper that letters are written on.
import { pickLocale, type Locale, type Words } from "@simpul/doors/i18n";
import { wordsFromFiles } from "@simpul/doors/i18n/node";
import { directory } from "@simpul/features/access/directory.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { listing } from "@simpul/features/cases/look.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { listSpaces } from "@simpul/features/joint/look.ts";
import type { JointNode } from "@simpul/features/joint/node.ts";
import { Flow, page, stamp } from "@simpul/features/letters/paper/flow.ts";
import { writePdf } from "@simpul/features/letters/paper/pdf.ts";
import type { Papers, Things } from "@simpul/features/operations/contract.ts";
import type { OperationsNode } from "@simpul/features/operations/node.ts";
import { operationsRoutes } from "@simpul/features/operations/routes.ts";
import { destroyOldKeys } from "@simpul/features/operations/compare.ts";
import { listTargets } from "@simpul/features/targets/look.ts";
import type { TargetsNode } from "@simpul/features/targets/node.ts";
import { operationsRefusals } from "@simpul/features/operations/contract.ts";
import { operationsInbox } from "@simpul/features/operations/inbox.ts";
import { operationsJobs, operationsPart } from "@simpul/features/operations/peer.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

const grey = 0.35;
export const papers: Papers = {
  pdf(about, lines) {
    const flow = new Flow();
    for (const { text, size, bold = false, soft = false, indent = 0 } of lines)
      flow.text(text, {
        ...{ size, indent, language: about.language, weight: bold ? 700 : 400, grey: soft ? grey : 0 },
        ...(bold ? { keep: 28, after: 2, role: "H2" } : {}),
      });
    for (const [index, sheet] of flow.sheets.entries())
      stamp(sheet, `${about.title} · ${index + 1}/${flow.sheets.length}`, {
        ...{ x: page.left, y: page.height - 36, size: 8, language: about.language, grey },
      });
    return writePdf(flow.sheets, { ...about, author: "Simpul" });
  },
};

/** What other rooms show an officer of theirs that a plan may name; each under her own rights. */
function thingsOf(cases: CasesNode, targets: TargetsNode, joint: JointNode): Things {
  return {
    async case(standing) {
      const found = await listing(cases, standing, { states: ["open"], limit: 200 });
      return found.cases.map((one) => ({
        ...{ id: one.id, title: `${one.number} ${one.title}`, ready: true, parties: [] },
      }));
    },
    async target(standing) {
      return (await listTargets(targets, standing, {})).map((one) => ({
        ...{ id: one.id, title: one.name.text, ready: one.state === "standing", parties: [] },
      }));
    },
    async space(standing) {
      return (await listSpaces(joint, standing)).map((one) => ({
        ...{ id: one.id, title: one.title, ready: one.phase === "open", parties: one.parties },
      }));
    },
  };
}

export function operationsNode(
  node: Node,
  cases: CasesNode,
  targets: TargetsNode,
  joint: JointNode,
): OperationsNode {
  const { code, exercise, store, clock, random, oprf, keys, peering } = node;
  return {
    ...{ code, exercise, store, clock, random, proofs, papers },
    policy: cases.policy,
    things: thingsOf(cases, targets, joint),
    engine: oprf,
    box: keys.box,
    directory: directory(store),
    peers: () => peering.peers(),
    ask: (...asked) => peering.ask(...asked),
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

/** The words in which features write on paper; read once per language. */
export function paperWords(...features: readonly string[]): (language: string) => Words {
  const read = new Map<Locale, Words>();
  return (language) => {
    const locale = pickLocale([language]);
    const folders = ["packages/doors/web", ...features.map((one) => `features/${one}`)].map(
      (folder) => new URL(`../../${folder}/words/`, import.meta.url),
    );
    const words = read.get(locale) ?? wordsFromFiles(locale, folders);
    read.set(locale, words);
    return words;
  };
}

export const operationsRoom = (operations: OperationsNode): Room => ({
  doors: [["/api/operations", operationsRoutes(operations, paperWords("operations"))]],
  inbox: [operationsInbox(operations)],
  peer: [operationsPart(operations)],
  jobs: operationsJobs(operations),
  chores: [
    {
      name: "destroy old keys for comparing plans",
      everySeconds: 3600,
      run: () => destroyOldKeys(operations),
    },
  ],
  refusals: operationsRefusals,
});
