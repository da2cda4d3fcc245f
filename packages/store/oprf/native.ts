// libsodium of the system, called through koffi: the fastest engine, where a node's machine has the library.
import type { OprfEngine } from "@simpul/match/oprf";
import koffi from "koffi";
import { scratchBytes, sodiumEngine } from "./sodium.ts";

/** Where the dynamic linker finds it: Linux by version, macOS, Windows. */
const libraries = ["libsodium.so.26", "libsodium.so.23", "libsodium.so", "libsodium.dylib", "libsodium.dll"];

type Call = (...args: Uint8Array[]) => number;
type Hash = (to: Uint8Array, data: Uint8Array, length: number) => number;

/** The engine, or null where the system has no libsodium with ristretto255 (1.0.18 or newer). */
export function nativeEngine(library?: string): OprfEngine | null {
  for (const name of library === undefined ? libraries : [library]) {
    try {
      return load(name);
    } catch {
      // Not there, or too old: the next one, and in the end the engine that comes with the program.
    }
  }
  return null;
}

function load(name: string): OprfEngine {
  const lib = koffi.load(name);
  const bytes = "uint8_t *";
  const call = (symbol: string, args: number): Call =>
    lib.func(symbol, "int", new Array<string>(args).fill(bytes));
  if ((lib.func("sodium_init", "int", []) as () => number)() < 0) throw new Error("sodium_init");
  const sha512 = lib.func("crypto_hash_sha512", "int", [bytes, bytes, "uint64_t"]) as Hash;
  const fromHash = call("crypto_core_ristretto255_from_hash", 2);
  const isValid = call("crypto_core_ristretto255_is_valid_point", 1);
  const multiply = call("crypto_scalarmult_ristretto255", 3);
  const multiplyBase = call("crypto_scalarmult_ristretto255_base", 2);
  const add = call("crypto_core_ristretto255_add", 3);
  const reduce = call("crypto_core_ristretto255_scalar_reduce", 2);
  const scalarMultiply = call("crypto_core_ristretto255_scalar_mul", 3);
  const scalarSubtract = call("crypto_core_ristretto255_scalar_sub", 3);

  const memory = new Uint8Array(scratchBytes);
  // A view per slot, made once: the calls are short and many.
  const slots = new Map(
    Array.from({ length: scratchBytes / 32 }, (_, i) => [i * 32, memory.subarray(i * 32)] as const),
  );
  const at = (offset: number): Uint8Array => slots.get(offset)!;
  return sodiumEngine({
    name: "libsodium-native",
    sha512(data) {
      const digest = new Uint8Array(64);
      sha512(digest, data, data.length);
      return digest;
    },
    memory: () => memory,
    fromHash: (to, from) => fromHash(at(to), at(from)),
    isValid: (element) => isValid(at(element)),
    multiply: (to, scalar, element) => multiply(at(to), at(scalar), at(element)),
    multiplyBase: (to, scalar) => multiplyBase(at(to), at(scalar)),
    add: (to, a, b) => add(at(to), at(a), at(b)),
    reduce: (to, from) => void reduce(at(to), at(from)),
    scalarMultiply: (to, a, b) => void scalarMultiply(at(to), at(a), at(b)),
    scalarSubtract: (to, a, b) => void scalarSubtract(at(to), at(a), at(b)),
  });
}
