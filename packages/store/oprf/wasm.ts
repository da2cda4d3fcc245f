// libsodium as WebAssembly: comes with the program, needs nothing of the system.
import type { OprfEngine } from "@simpul/match/oprf";
import sodium from "libsodium-wrappers-sumo";
import { hash } from "node:crypto";
import { scratchBytes, sodiumEngine } from "./sodium.ts";

type Call = (...pointers: number[]) => number;

/** The module below the wrappers: the wrappers take and free memory in every call, which costs more than the call. */
interface Module {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _crypto_core_ristretto255_from_hash: Call;
  _crypto_core_ristretto255_is_valid_point: Call;
  _crypto_scalarmult_ristretto255: Call;
  _crypto_scalarmult_ristretto255_base: Call;
  _crypto_core_ristretto255_add: Call;
  _crypto_core_ristretto255_scalar_reduce: Call;
  _crypto_core_ristretto255_scalar_mul: Call;
  _crypto_core_ristretto255_scalar_sub: Call;
}

export async function wasmEngine(): Promise<OprfEngine> {
  await sodium.ready;
  const { libsodium: m } = sodium as unknown as { libsodium: Module };
  const base = m._malloc(scratchBytes);
  return sodiumEngine({
    name: "libsodium-wasm",
    sha512: (data) => hash("sha512", data, "buffer"),
    memory: () => m.HEAPU8.subarray(base, base + scratchBytes),
    fromHash: (to, from) => m._crypto_core_ristretto255_from_hash(base + to, base + from),
    isValid: (at) => m._crypto_core_ristretto255_is_valid_point(base + at),
    multiply: (to, scalar, element) =>
      m._crypto_scalarmult_ristretto255(base + to, base + scalar, base + element),
    multiplyBase: (to, scalar) => m._crypto_scalarmult_ristretto255_base(base + to, base + scalar),
    add: (to, a, b) => m._crypto_core_ristretto255_add(base + to, base + a, base + b),
    reduce: (to, from) => void m._crypto_core_ristretto255_scalar_reduce(base + to, base + from),
    scalarMultiply: (to, a, b) => void m._crypto_core_ristretto255_scalar_mul(base + to, base + a, base + b),
    scalarSubtract: (to, a, b) => void m._crypto_core_ristretto255_scalar_sub(base + to, base + a, base + b),
  });
}
