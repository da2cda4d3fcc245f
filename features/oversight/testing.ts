// States that cosign each other in one process, by the same acts that the exchange carries between them; for tests.
import type { NodeCode } from "@simpul/model";
import type { Ledger } from "@simpul/store";
import { answerCosign, keepCosigned } from "./cosigning.ts";
import type { Cosigning, LedgerKeys } from "./cosigning.ts";

/** What a circle needs of each node. */
export interface InCircle {
  ledger: Ledger;
  keys: { notes: LedgerKeys };
}

/** Each state of the circle, as it asks and answers the others. */
export function circle(all: Readonly<Record<string, InCircle>>): Record<string, Cosigning> {
  const made: Record<string, Cosigning> = {};
  for (const [code, node] of Object.entries(all)) {
    made[code] = {
      ledger: node.ledger,
      keysOf: (peer) => Promise.resolve([all[peer]?.keys.notes].filter((one) => one !== undefined)),
      asking: {
        peers: () => Promise.resolve(Object.keys(all).filter((other) => other !== code) as NodeCode[]),
        ask: (peer, _, body) => answerCosign(made[peer]!, code as NodeCode, body),
      },
    };
  }
  return made;
}

/** Every state asks every other to cosign its newest heads; gives the faults met on the way. */
export async function cosignAll(states: Readonly<Record<string, Cosigning>>): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const one of Object.values(states)) {
    const cosigned = keepCosigned(one, { seconds: 3600 }, (fault) => faults.push(fault));
    await cosigned.once();
    await cosigned.once();
    await cosigned.stop();
  }
  return faults;
}
