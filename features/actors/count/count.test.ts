// A count beside the node comes out as the one in it.
import { count, networkOf } from "@simpul/match/network";
import { expect, test } from "vitest";
import { countApart, countPlayers } from "./count.ts";

test("a large network is counted by two processes, with the result that one would have had; asked again, at once", async () => {
  const names = Array.from({ length: 1500 }, (_, i) => `EXERCISE ${String(i).padStart(4, "0")}`);
  // A ring with short cuts, each thing linked with five others.
  const links = names.flatMap((from, i) =>
    [1, 7, 31].map((step) => ({
      id: `${from} ${String(step)}`,
      from,
      to: names[(i + step * (1 + (i % 5))) % 1500]!,
    })),
  );
  const network = networkOf(names, links);
  const here = count(network, 8);
  const beside = await countApart(network, 8);
  expect(beside.cut).toEqual(here.cut);
  beside.between.forEach((value, v) => expect(value).toBeCloseTo(here.between[v]!, 6));
  const first = await countPlayers(network, 8);
  expect(await countPlayers(network, 8)).toBe(first);
});
