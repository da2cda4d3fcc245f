// The main job of Simpul at the command line, step by step: played by `npm run tour`, and by a test over three nodes.
import { asking } from "./asking.ts";
import { atHome } from "./at-home.ts";
import { handingOver } from "./handing-over.ts";
import type { Step } from "./job.ts";
import { terms } from "./terms.ts";

export { addressesOf, cast, Job, Unexpected } from "./job.ts";
export type { Officer, Ran, Stage, State } from "./job.ts";

export const steps: readonly Step[] = [...atHome, ...asking, ...terms, ...handingOver];
