// One thread of the count: the cut if it is asked for, then slices of sources until none is left.
import { parentPort, workerData } from "node:worker_threads";
import { addDependencies, cutOf, type Rows } from "@simpul/match/network";

/** The lists lie in shared memory: the second thread takes them without a copy. */
export interface Share {
  near: Rows;
  rows: Rows;
  /** The next source that nobody took. */
  next: Int32Array;
  cut: number | null;
}

const { near, rows, next, cut } = workerData as Share;
const parted = cut === null ? null : cutOf(rows, cut);
const twice = new Float64Array(near.count);
const slice = 100;
for (let from = Atomics.add(next, 0, slice); from < near.count; from = Atomics.add(next, 0, slice))
  addDependencies(near, from, Math.min(from + slice, near.count), twice);
parentPort!.postMessage({ twice, parted });
