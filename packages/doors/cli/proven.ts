// The second factor at the command line: the act is named, she shows it, and the act is done with it.
import { ClientError, type Client } from "./client.ts";

/** Which act on which record the proof is for, as `access` knows it: `release`, `peers.confirm`, … */
export interface Proof {
  act: string;
  record: string;
  /** The page where she shows her passkey, when it is another than the one that asks for nothing else. */
  page?: string;
}

/**
 * Asks; where the node wants a second factor first, shows it by the exercise's click and asks again. Elsewhere throws
 * `REFUSED` (`STEP_UP`), saying at which page she shows her passkey: a command line has none to show.
 */
export async function proven<Answer>(
  door: Client,
  proof: Proof,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (fault) {
    if (!(fault instanceof ClientError) || fault.refusal !== "STEP_UP") throw fault;
    const { act, record } = proof;
    const session = await door.call<{ node: { exercise: boolean } }>("GET", "/api/access/session");
    if (!session.node.exercise) {
      const prove = `/settings/prove?${new URLSearchParams({ act, record }).toString()}`;
      const { href } = new URL(proof.page ?? prove, door.profile.address);
      throw new ClientError("REFUSED", `show your passkey at ${href}, then run this again`, "STEP_UP");
    }
    await door.call("POST", "/api/access/step-up/exercise", { act, record });
    return ask();
  }
}
