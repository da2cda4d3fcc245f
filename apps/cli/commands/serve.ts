// `simpul serve`: one node of a state, until it is told to stop. Settings come from the environment (docs/operating.md).
import { openNode, readSettings, serve } from "@simpul/server";
import { SimpulError } from "@simpul/model";
import { exits } from "@simpul/doors/cli";
import { defineCommand } from "citty";

export const serveCommand = defineCommand({
  meta: { name: "serve", description: "Run this state's node; settings come from the environment" },
  async run() {
    try {
      const node = await openNode(readSettings(process.env));
      const web = await serve(node);
      process.stdout.write(`Simpul is ready\n${node.code}  ${web.address}  ${node.name}\n`);
      await new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
      });
      await web.close();
      await node.close();
    } catch (fault) {
      if (!(fault instanceof SimpulError)) throw fault;
      process.stderr.write(`${fault.message}\n`);
      process.exitCode = exits.unusable;
    }
  },
});
