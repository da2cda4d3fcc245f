// `simpul`: the command line. Its commands are listed in simpul.ts.
import { runMain } from "citty";
import { simpul } from "./simpul.ts";

await runMain(simpul);
