// Both libsodium engines share this: the protocol's arithmetic over the few functions that libsodium offers.
import { OprfError, type OprfEngine } from "@simpul/match/oprf";

/**
 * libsodium's functions over a scratch memory of 32-byte slots. A call names slots; it returns 0, or -1 where
 * libsodium refuses the element (not canonical, or the result is the identity).
 */
export interface Sodium {
  readonly name: "libsodium-wasm" | "libsodium-native";
  sha512(data: Uint8Array): Uint8Array;
  /** Slots as bytes; fetched anew for each batch, because WebAssembly memory may move when it grows. */
  memory(): Uint8Array;
  /** 64 bytes at `from` to an element at `to`. */
  fromHash(to: number, from: number): number;
  isValid(at: number): number;
  multiply(to: number, scalar: number, element: number): number;
  multiplyBase(to: number, scalar: number): number;
  add(to: number, a: number, b: number): number;
  /** 64 bytes at `from` to a scalar at `to`. */
  reduce(to: number, from: number): void;
  scalarMultiply(to: number, a: number, b: number): void;
  scalarSubtract(to: number, a: number, b: number): void;
}

/** Offsets of the slots. */
const [a, b, c, wide] = [0, 32, 64, 96] as const;
export const scratchBytes = 160;

function isZero(memory: Uint8Array, at: number): boolean {
  let any = 0;
  for (let i = 0; i < 32; i++) any |= memory[at + i]!;
  return any === 0;
}

/** libsodium 1.0.18 reads an encoding whose highest bit is set as if it were not; RFC 9496 4.3.1 refuses it. */
const highBit = (packed: Uint8Array, at: number): boolean => (packed[at + 31]! & 0x80) !== 0;

export function sodiumEngine(sodium: Sodium): OprfEngine {
  const refused = () => new OprfError("NOT_AN_ELEMENT");
  return {
    name: sodium.name,
    sha512: (data) => sodium.sha512(data),
    derive(uniform) {
      const memory = sodium.memory();
      const packed = new Uint8Array(uniform.length / 2);
      for (let i = 0; i < uniform.length / 64; i++) {
        memory.set(uniform.subarray(i * 64, i * 64 + 64), wide);
        if (sodium.fromHash(a, wide) !== 0) throw refused();
        packed.set(memory.subarray(a, a + 32), i * 32);
      }
      return packed;
    },
    isElement(element) {
      if (element.length !== 32) return false;
      const memory = sodium.memory();
      memory.set(element, a);
      return !highBit(element, 0) && !isZero(memory, a) && sodium.isValid(a) === 1;
    },
    multiply(elements, scalars) {
      const n = elements.length / 32;
      if (!Number.isInteger(n) || (scalars.length !== 32 && scalars.length !== elements.length))
        throw new OprfError("BAD_LENGTH");
      const shared = scalars.length === 32;
      const memory = sodium.memory();
      const packed = new Uint8Array(elements.length);
      if (shared) memory.set(scalars, b);
      for (let i = 0; i < n; i++) {
        memory.set(elements.subarray(i * 32, i * 32 + 32), a);
        if (!shared) memory.set(scalars.subarray(i * 32, i * 32 + 32), b);
        // Refuses what is not canonical, and results that are the identity: an identity in gives one out.
        if (highBit(elements, i * 32) || sodium.multiply(c, b, a) !== 0) throw refused();
        packed.set(memory.subarray(c, c + 32), i * 32);
      }
      return packed;
    },
    multiplyBase(scalar) {
      const memory = sodium.memory();
      memory.set(scalar, b);
      if (sodium.multiplyBase(c, b) !== 0) throw new OprfError("NOT_A_SCALAR");
      return memory.slice(c, c + 32);
    },
    combine(elements, scalars) {
      if (elements.length !== scalars.length || elements.length === 0) throw new OprfError("BAD_LENGTH");
      const memory = sodium.memory();
      for (let i = 0; i < elements.length; i += 32) {
        memory.set(elements.subarray(i, i + 32), a);
        memory.set(scalars.subarray(i, i + 32), b);
        if (highBit(elements, i) || sodium.multiply(i === 0 ? c : a, b, a) !== 0) throw refused();
        if (i > 0 && sodium.add(c, c, a) !== 0) throw refused();
      }
      return memory.slice(c, c + 32);
    },
    reduce(uniform) {
      const memory = sodium.memory();
      const packed = new Uint8Array(uniform.length / 2);
      for (let i = 0; i < uniform.length / 64; i++) {
        memory.set(uniform.subarray(i * 64, i * 64 + 64), wide);
        sodium.reduce(a, wide);
        packed.set(memory.subarray(a, a + 32), i * 32);
      }
      return packed;
    },
    respond(r, challenge, k) {
      const memory = sodium.memory();
      memory.set(challenge, a);
      memory.set(k, b);
      sodium.scalarMultiply(c, a, b);
      memory.set(r, a);
      sodium.scalarSubtract(c, a, c);
      const response = memory.slice(c, c + 32);
      // Keys do not stay in the scratch memory.
      memory.fill(0, 0, scratchBytes);
      return response;
    },
  };
}
