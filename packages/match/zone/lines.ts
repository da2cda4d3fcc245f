// Finds rows of letters in a grey picture: ink by its surroundings, patches of ink, and patches that follow each other in a row.

/** Row by row; 0 is black. */
export interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}
interface Patch {
  x: number;
  y: number;
  wide: number;
  high: number;
}
/** Letters of a row, from left to right, along a line that may lean. */
export interface Row {
  patches: Patch[];
}

/** Darker than its surroundings by so much is ink: light that falls off over a page changes nothing. */
function inkOf({ data, width, height }: Grey): Uint8Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += data[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  const reach = Math.max(8, Math.round(width / 50));
  const mean = (x: number, y: number, by: number): number => {
    const [left, right] = [Math.max(0, x - by), Math.min(width, x + by + 1)];
    const [top, bottom] = [Math.max(0, y - by), Math.min(height, y + by + 1)];
    const at = (r: number, c: number): number => sums[r * (width + 1) + c]!;
    return (
      (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) /
      ((right - left) * (bottom - top))
    );
  };
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (mean(x, y, 1) < mean(x, y, reach) * 0.82 - 4) ink[y * width + x] = 1;
  return ink;
}

/** Patches of ink that hang together, of the size of letters. */
function patchesOf(picture: Grey): Patch[] {
  const { width, height } = picture;
  const ink = inkOf(picture);
  const found: Patch[] = [];
  const stack: number[] = [];
  for (let start = 0; start < ink.length; start++) {
    if (ink[start] !== 1) continue;
    ink[start] = 2;
    stack.push(start);
    let [left, right, top, bottom, count] = [width, 0, height, 0, 0];
    while (stack.length > 0) {
      const at = stack.pop()!;
      const [x, y] = [at % width, Math.floor(at / width)];
      count++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const to = at + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height || ink[to] !== 1) continue;
          ink[to] = 2;
          stack.push(to);
        }
    }
    const [wide, high] = [right - left + 1, bottom - top + 1];
    if (high >= 8 && high < height / 6 && wide >= 2 && wide < high * 3 && count >= 12)
      found.push({ x: (left + right) / 2, y: (top + bottom) / 2, wide, high });
  }
  return found;
}

/** Rows of at least `least` letters, the longest first. */
export function rowsOf(picture: Grey, least: number): Row[] {
  const patches = patchesOf(picture).sort((one, other) => one.x - other.x);
  if (patches.length > 6000) return [];
  const after = new Map<Patch, Patch>();
  const taken = new Set<Patch>();
  for (const [nth, from] of patches.entries()) {
    let best: Patch | null = null;
    for (let next = nth + 1; next < patches.length; next++) {
      const to = patches[next]!;
      const tall = Math.max(from.high, to.high);
      if (to.x - from.x > tall * 2.6) break;
      const near = Math.abs(to.y - from.y) < tall * 0.45 && Math.min(from.high, to.high) > tall * 0.45;
      if (near && to.x - from.x > tall * 0.3 && !taken.has(to) && (best === null || to.x < best.x)) best = to;
    }
    if (best === null) continue;
    after.set(from, best);
    taken.add(best);
  }
  return patches
    .filter((one) => !taken.has(one))
    .map((one) => {
      const row = [one];
      for (let next = after.get(one); next !== undefined; next = after.get(next)) row.push(next);
      return { patches: row };
    })
    .filter((row) => row.patches.length >= least)
    .sort((one, other) => other.patches.length - one.patches.length);
}
