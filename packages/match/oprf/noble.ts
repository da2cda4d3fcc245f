// The engine that runs everywhere, a browser too: ristretto255 of @noble/curves.
import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { piece } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { modulo, putNumber, readScalar, toNumber } from "./scalars.ts";

type Point = InstanceType<typeof ristretto255.Point>;

function readElement(bytes: Uint8Array): Point {
  let point: Point;
  try {
    point = ristretto255.Point.fromBytes(bytes);
  } catch (cause) {
    throw new OprfError("NOT_AN_ELEMENT", undefined, cause);
  }
  if (point.is0()) throw new OprfError("NOT_AN_ELEMENT", "the identity");
  return point;
}

function all(packed: Uint8Array): Point[] {
  if (packed.length % 32 !== 0) throw new OprfError("BAD_LENGTH");
  return Array.from({ length: packed.length / 32 }, (_, i) => readElement(piece(packed, i, 32)));
}

function pack(points: readonly Point[]): Uint8Array {
  const packed = new Uint8Array(points.length * 32);
  points.forEach((point, i) => packed.set(point.toBytes(), i * 32));
  return packed;
}

function asBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  putNumber(value, bytes, 0);
  return bytes;
}

export const nobleEngine: OprfEngine = {
  name: "noble",
  sha512: (data) => sha512(data),
  derive: (uniform) =>
    pack(
      Array.from({ length: uniform.length / 64 }, (_, i) =>
        ristretto255_hasher.deriveToCurve!(piece(uniform, i, 64)),
      ),
    ),
  isElement(element) {
    try {
      readElement(element);
      return true;
    } catch {
      return false;
    }
  },
  multiply(elements, scalars) {
    const points = all(elements);
    const shared = scalars.length === 32 && points.length !== 1 ? readScalar(scalars) : null;
    return pack(points.map((point, i) => point.multiply(shared ?? readScalar(piece(scalars, i, 32)))));
  },
  multiplyBase: (scalar) => ristretto255.Point.BASE.multiply(readScalar(scalar)).toBytes(),
  combine(elements, scalars) {
    const points = all(elements);
    return mulAddUnsafe(
      ristretto255.Point,
      points,
      points.map((_, i) => readScalar(piece(scalars, i, 32))),
    ).toBytes();
  },
  reduce(wide) {
    const packed = new Uint8Array(wide.length / 2);
    for (let i = 0; i < wide.length / 64; i++)
      putNumber(modulo(toNumber(piece(wide, i, 64))), packed, i * 32);
    return packed;
  },
  respond: (r, c, k) => asBytes(modulo(toNumber(r) - toNumber(c) * toNumber(k))),
};
