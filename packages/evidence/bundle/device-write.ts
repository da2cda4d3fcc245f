// Writing a node's word for a device.
import { toBase64 } from "@simpul/seal";
import { writeStatement } from "../write.ts";
import { deviceType } from "./device.ts";
import type { DeviceWord } from "./device.ts";

/** The bytes that the node signs; the statement has no subject but the key it names. */
export function writeDevice({ revokedAt, publicKey, ...word }: DeviceWord): Uint8Array {
  const ended = revokedAt === null ? {} : { revokedAt };
  return writeStatement({}, deviceType, { ...word, publicKey: toBase64(publicKey), ...ended });
}
