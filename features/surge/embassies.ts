// Which states have an embassy here, and for which another speaks; configuration of each node.
import { readFileSync } from "node:fs";
import { z } from "zod";

const code = z.string().regex(/^[A-Z]{2}$/);
const Shape = z.object({
  version: z.string().max(40),
  source: z.string().max(400),
  nodes: z.record(
    z.string().regex(/^[a-z]{2}$/),
    z.object({ present: z.array(code), served: z.record(code, code) }),
  ),
});

export interface Embassies {
  source: string;
  /** `here`; the state whose embassy speaks for it; null where nobody does. */
  of(state: string): "here" | { served: string } | null;
}
export type EmbassiesByNode = z.infer<typeof Shape>;

/** Reads what ships with Simpul, or what a node was given in its place. Throws on a gap. */
export const readEmbassies = (file = new URL("embassies.json", import.meta.url)): EmbassiesByNode =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));

/** Those in the state of one node. */
export function embassiesAt({ nodes, source }: EmbassiesByNode, node: string): Embassies {
  const here = nodes[node] ?? { present: [], served: {} };
  return {
    source,
    of(state) {
      if (here.present.includes(state)) return "here";
      const served = here.served[state];
      return served === undefined ? null : { served };
    },
  };
}
