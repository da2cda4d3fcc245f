// Indonesia's node of the exercise with its victim desk open, for the benches of that desk.
import { signIn, type Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import type { Figure } from "./figure.ts";
import { atExercise } from "./story-node.ts";

export interface Measured {
  address: string;
  as(key: string): Promise<Person>;
  maya: VictimDesk;
}

/** Runs what is measured on a node of its own, which is gone afterwards. */
export const atVictimDesk = (measure: (at: Measured) => Promise<Figure[]>): Promise<Figure[]> =>
  atExercise(async ({ open, serve }) => {
    const { node } = await open("id");
    const web = await serve(node);
    const as = (key: string) => signIn(web.address, key);
    const maya = await openVictimDesk({ node, web, as }, "maya");
    return measure({ address: web.address, as, maya });
  });

/** One figure without a peer, since nobody else publishes the same. */
export const alone = (
  figure: string,
  ours: number,
  { unit, bound, runs }: Pick<Figure, "unit" | "bound" | "runs">,
): Figure => ({
  ...{ figure, ours: Number(ours.toFixed(2)), unit, bound, runs },
  ...{ peer: null, peerName: null, ratio: null },
});
