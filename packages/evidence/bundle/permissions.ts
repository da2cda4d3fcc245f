// Permissions that travel with a bundle: each is the word of the state whose record it is about, or, where that state
// signs nothing itself, of the state that took its paper in (HC-7).
import type { Policy } from "@simpul/ledger/verify";
import { fromBase64, parseSignedStatement, verifyStatement } from "@simpul/seal";
import type { Verifying } from "@simpul/seal";
import type { BagSource } from "../bag/check.ts";
import { because, textOf } from "./reading.ts";
import type { Tell } from "./reading.ts";

const stateOf = (log: { name: string }): string => log.name.split(".")[0]!;

/** `digests`: of everything the bundle holds, by path. A stolen key is none of the policy's, and permits nothing. */
export async function verifyPermissions(
  source: BagSource,
  digests: ReadonlyMap<string, string>,
  policy: Policy,
  engine: Verifying,
  tell: Tell,
): Promise<void> {
  const states = new Set([...policy.logs, ...policy.revoked.map(({ key }) => key)].map(stateOf));
  const keys = policy.logs.map((log) => log.publicKey);
  for (const path of [...(await source.paths())].sort()) {
    const id = /^records\/permissions\/([0-9a-f-]{36})\.dsse\.json$/.exec(path)?.[1];
    if (id === undefined) continue;
    try {
      const signed = parseSignedStatement(await textOf(source, path));
      if (signed.payloadType !== "application/vnd.simpul.permission+json") throw new Error("none");
      const { by } = await verifyStatement(signed, keys, engine);
      const signer = stateOf(policy.logs[keys.indexOf(by[0]!)]!);
      const said = JSON.parse(new TextDecoder().decode(fromBase64(signed.payload))) as Said;
      tell(`permission ${id}`, true, whoseWord(said, signer, states, new Set(digests.values())));
    } catch (fault) {
      tell(`permission ${id}`, false, because(fault));
    }
  }
}

/** As a state signed it; what is not so is shown as it is. */
interface Said {
  originator: string;
  holder: string;
  action: string;
  /** The scan's digest, the letter that asked, and who signed the paper. */
  paper?: { scan: string; letter: string; saidBy: string; saidAt: string };
}

/** In words; throws where the state that signed it had no say in it. */
function whoseWord(
  { originator, holder, action, paper }: Said,
  signer: string,
  states: ReadonlySet<string>,
  digests: ReadonlySet<string>,
): string {
  const whose = action === "override" || paper !== undefined ? holder : originator;
  if (signer !== whose) throw new Error(`the word of ${whose}, but signed by ${signer}`);
  if (paper === undefined) return `signed by ${signer}`;
  // A state with a node signs for itself: no paper stands in for that.
  if (states.has(originator)) throw new Error(`${originator} signs for itself and did not`);
  const { scan, letter, saidBy, saidAt } = paper;
  const there = digests.has(scan) ? "in this bundle" : "not in this bundle, ask for it";
  return `on paper from ${originator} (${saidBy}, ${saidAt}, to letter ${letter}), taken in and signed by ${signer}; its scan ${scan} is ${there}`;
}
