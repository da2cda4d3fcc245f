// A sign-in that fails is an entry of the log like one that holds: by which way it was tried and, where that is known, by whom.
import type { Id } from "@simpul/model";
import { AccessError } from "./contract.ts";
import { doorkeeper, type AccessNode } from "./node.ts";

export interface Tried {
  method: "passkey" | "enrolment" | "oidc" | "step-up";
  /** Whose way in it was; null where nobody knows. */
  officer: Id | null;
}

/**
 * Runs it and notes its refusal (ASVS 16.3.1). Only for what stands behind a challenge of this node: those are counted, so
 * nobody fills the log from outside.
 */
export async function notingRefusal<T>(
  node: Pick<AccessNode, "store">,
  tried: () => Tried | Promise<Tried>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (fault) {
    if (!(fault instanceof AccessError)) throw fault;
    const { method, officer } = await tried();
    await node.store.read(doorkeeper, (db) => {
      db.noteRead("access.refused", {
        method,
        because: fault.code,
        ...(officer !== null && { id: officer }),
      });
      return Promise.resolve();
    });
    throw fault;
  }
}
