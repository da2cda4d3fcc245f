// One of two processes of a count: the cut if it is asked for, then slices of sources until none is left.
import { addDependencies, cutOf, type Cut, type Rows } from "@simpul/match/network";
import type { FromCounter, ToCounter } from "./count.ts";

let near: Rows;
let twice: Float64Array;
let parted: Cut | null = null;

const tell = (word: FromCounter): void => void process.send!(word);

process.on("message", (word: ToCounter) => {
  switch (word.kind) {
    case "begin":
      near = word.near;
      twice = new Float64Array(near.count);
      parted = word.cut === null ? null : cutOf(word.cut.rows, word.cut.most);
      break;
    case "slice":
      addDependencies(near, word.from, word.to, twice);
      break;
    case "end":
      tell({ kind: "done", twice, parted });
      return;
  }
  tell({ kind: "next" });
});
