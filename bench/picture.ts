// The region's picture: what protection costs a count of each size, and how long joining the states' tables takes.
import { NodeCode } from "@simpul/model";
import { join } from "@simpul/features/picture/join.ts";
import { PublishedShape } from "@simpul/features/picture/shapes.ts";
import { agreed, release } from "@simpul/features/picture/protect/release.ts";
import { systemRandom } from "@simpul/store/keys";
import { median, type Figure } from "./figure.ts";

const states = ["bn", "kh", "id", "la", "my", "mm", "ph", "sg", "th", "tl", "vn"].map((code) =>
  NodeCode.parse(code),
);
const sizes = [17, 53, 202, 1003];
const runs = 3;

export function picture(): Figure[] {
  return [...sizes.map(errorAt), joining()];
}

/** Mean distance of a published count from the true one, in tables of 30 by 6, a third of whose cells are nobody. */
function errorAt(size: number): Figure {
  let [off, shown, all] = [0, 0, 0];
  for (let run = 0; run < 40; run++) {
    const counts = Array.from({ length: 30 }, (_, row) =>
      Array.from({ length: 6 }, (_, column) => ((row * 7 + column * 11 + run) % 3) * size),
    );
    const { cells } = release(counts, agreed, systemRandom);
    counts.forEach((line, row) => {
      line.forEach((count, column) => {
        if (count !== size) return;
        all++;
        const cell = cells[row]?.[column] ?? null;
        if (cell === null) return;
        shown++;
        off += Math.abs(cell - count);
      });
    });
  }
  return {
    figure: `a published count of ${size}: mean distance from the true one; ${Math.round((100 * (all - shown)) / all)} % withheld`,
    ours: Number((off / shown).toFixed(2)),
    unit: "persons",
    // Discrete Laplace alone: 2a / (1 - a^2) with a = exp(-epsilon).
    peer: Number(((2 * Math.exp(-0.5)) / (1 - Math.exp(-1))).toFixed(2)),
    peerName: "the noise alone, in theory",
    bound: null,
    ratio: null,
    runs: 40,
  };
}

/** A year of twenty figures of 40 by 12 from eleven states, read at the door and joined; and ten such years. */
function joining(): Figure {
  const labels = (most: number): string[] => Array.from({ length: most }, (_, nth) => `line ${nth + 1}`);
  const counts = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: 12 }, (_, column) => row * column),
  );
  const { cells, protection } = release(counts, agreed, systemRandom);
  const made = (years: number): unknown[] =>
    states.flatMap((state) =>
      Array.from({ length: 20 * 12 * years }, (_, nth) => ({
        state,
        figure: `figure-${nth % 20}`,
        definition: 1,
        month: `20${30 + Math.floor(nth / 240)}-${String((Math.floor(nth / 20) % 12) + 1).padStart(2, "0")}`,
        ...{ rows: labels(40), columns: labels(12), cells, protection },
      })),
    );
  const timed = (tables: unknown[]): number => {
    const before = performance.now();
    join(tables.map((one) => PublishedShape.parse(one)));
    return (performance.now() - before) / 1000;
  };
  const [year, ten] = [made(1), made(10)];
  const ours = median(Array.from({ length: runs }, () => timed(year)));
  const large = timed(ten);
  return {
    figure: "a year of twenty figures of eleven states, read and joined",
    ours: Number(ours.toFixed(2)),
    unit: "s",
    peer: Number(large.toFixed(2)),
    peerName: "ten years of them",
    bound: 5,
    ratio: Number((ours / large).toFixed(2)),
    runs,
  };
}
