// Seeded chance: the same seed gives the same attack, so that what was found is found again.

export interface Chance {
  /** From 0, below `most`. */
  below(most: number): number;
  /** True this often, 0 to 1. */
  odds(share: number): boolean;
  pick<T>(of: readonly T[]): T;
}

/** Mulberry32: 32 bits of state are plenty for choosing, and it is the same everywhere. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return { below, odds: (share) => next() < share, pick: (of) => of[below(of.length)]! };
}

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

/** What nobody should send: each has broken some program somewhere. */
export const hostile: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202egnp.exe",
  "'; drop table simpul.cases; --",
  "' or '1'='1",
  "%' or true --",
  "\\",
  "%_%",
  "../../../etc/passwd",
  "..%2f..%2f",
  "<script>alert(1)</script>",
  "{{7*7}}${7*7}",
  "a\r\nset-cookie: x=1",
  "NaN",
  "undefined",
  "__proto__",
  "constructor",
  "9999-99-99",
  "2031-02-30",
  "+275760-09-13T00:00:00.001Z",
  "-271821-04-20T00:00:00.000Z",
  "2031-01-01T00:00:00.000Z_x",
  "9".repeat(400),
  "\u1780".repeat(700),
  "x".repeat(9000),
  [],
  {},
  [[]],
  nested(60),
  ["a", 1, null],
  { $ne: null },
  JSON.parse('{"__proto__":{"administrator":true}}'),
  { constructor: { prototype: { a: 1 } } },
];
