// For tests: a rendered specimen as a hand would photograph it: seen at an angle, out of focus, in bad light, with a
// lamp's glare, with a sensor's noise, kept as JPEG. Made from a number: the same number gives the same photo.
import { lots } from "@simpul/detect";
import type { Grey } from "@simpul/match/zone";
import sharp, { type Sharp } from "sharp";

export interface Hand {
  /** Corners moved, in hundredths of the picture's width. */
  angle: number;
  /** Standard deviation, in dots of a picture 1200 wide. */
  blur: number;
  /** Shades between the light and the dark side. */
  shade: number;
  /** Shades that a lamp adds in its middle. */
  glare: number;
  noise: number;
  /** Of JPEG, in hundredths. */
  quality: number;
}

const wide = 1200;

export async function photographed(specimen: Uint8Array, hand: Hand, seed: number): Promise<Grey> {
  const chance = lots(seed);
  const flat = await grey(sharp(specimen).resize(wide));
  const seen = atAnAngle(flat, hand.angle, chance);
  const [side, lampX, lampY] = [chance() * 2 - 1, chance() * seen.width, seen.height * (0.5 + chance() / 2)];
  const reach = seen.width / 6;
  for (let y = 0; y < seen.height; y++)
    for (let x = 0; x < seen.width; x++) {
      const at = y * seen.width + x;
      const lamp = hand.glare * Math.exp(-((x - lampX) ** 2 + (y - lampY) ** 2) / (2 * reach * reach));
      const lit = hand.shade * side * (x / seen.width - 0.5) + lamp + (chance() - 0.5) * 2 * hand.noise;
      seen.data[at] = Math.max(0, Math.min(255, seen.data[at]! * 0.85 + 15 + lit));
    }
  const { data, width, height } = seen;
  const soft = sharp(data, { raw: { width, height, channels: 1 } }).blur(Math.max(0.3, hand.blur));
  return grey(sharp(await soft.jpeg({ quality: hand.quality }).toBuffer()));
}

async function grey(of: Sharp): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, info } = await of
    .greyscale()
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** The page with a table's grey around it, its corners pulled inwards by up to `most` hundredths of its width. */
function atAnAngle(
  of: { data: Uint8Array; width: number; height: number },
  most: number,
  chance: () => number,
) {
  const edge = Math.round(of.width * 0.06);
  const [width, height] = [of.width + 2 * edge, of.height + 2 * edge];
  const pull = (): number => (chance() * most * of.width) / 100;
  const corners: [number, number][] = [
    [edge + pull(), edge + pull()],
    [width - edge - pull(), edge + pull()],
    [width - edge - pull(), height - edge - pull()],
    [edge + pull(), height - edge - pull()],
  ];
  const to = projection(corners, of.width, of.height);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = to(x, y);
      const inside = u >= 0 && v >= 0 && u < of.width - 1 && v < of.height - 1;
      data[y * width + x] = inside ? between(of, u, v) : 110;
    }
  return { data, width, height };
}

function between({ data, width }: { data: Uint8Array; width: number }, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [p, q] = [u - x, v - y];
  const at = y * width + x;
  const above = data[at]! * (1 - p) + data[at + 1]! * p;
  const below = data[at + width]! * (1 - p) + data[at + width + 1]! * p;
  return above * (1 - q) + below * q;
}

/** From a dot of the photo to the place on the page: the projection that takes the four corners to the page's own. */
function projection(from: readonly [number, number][], width: number, height: number) {
  const onto: [number, number][] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const rows = from.flatMap(([x, y], i) => {
    const [u, v] = onto[i]!;
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const [a, b, c, d, e, f, g, h] = solved(rows) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (x: number, y: number): [number, number] => {
    const w = g * x + h * y + 1;
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  };
}

/** Gauss with the largest pivot; the last column is the right side. */
function solved(rows: number[][]): number[] {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const best = rows
      .slice(k)
      .reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(rows[at]![k]!) ? k + i : at), k);
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const by = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= by * rows[k]![j]!;
    }
  }
  return rows.map((row, k) => row[n]! / row[k]!);
}
