// `simpul`: the command line. Its commands are listed in simpul.ts.
import { dispatch } from "@simpul/doors/cli";
import { simpul } from "./simpul.ts";

// `simpul cases | head -1`: who reads no further is not a fault of ours.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code !== "EPIPE") throw fault;
  process.exit();
});

await dispatch(simpul, process.argv.slice(2), async (code, facts) =>
  (await import("./words.ts")).explain(code, facts),
);
