// A node's word for a device: this key is that device's, and it was that officer's from then on.
import type { Id, NodeCode } from "@simpul/model";
import { fromBase64 } from "@simpul/seal";
import { EvidenceError } from "../errors.ts";
import { readStatement } from "../statement.ts";

export const deviceType = "https://simpul.example/device/v1";

export interface DeviceWord {
  device: Id;
  officer: Id;
  node: NodeCode;
  /** Raw Ed25519, 32 bytes. */
  publicKey: Uint8Array;
  /** RFC 3339. */
  from: string;
  /** From then on its signatures count no more; null while it is in use. */
  revokedAt: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** Throws `NOT_A_STATEMENT`. */
export function readDevice(bytes: Uint8Array): DeviceWord {
  const { predicateType, predicate } = readStatement(bytes);
  if (predicateType !== deviceType) throw new EvidenceError("NOT_A_STATEMENT", predicateType);
  const publicKey = fromBase64(predicate.text("publicKey", /^[A-Za-z0-9+/]{43}=$/));
  return {
    device: predicate.text("device", uuid) as Id,
    officer: predicate.text("officer", uuid) as Id,
    node: predicate.text("node", /^[a-z]{2}$/) as NodeCode,
    publicKey,
    from: predicate.text("from", time),
    revokedAt: predicate.maybe("revokedAt", time) ?? null,
  };
}
