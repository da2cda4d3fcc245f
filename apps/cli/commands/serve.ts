// `simpul serve`: one node of a state, until it is told to stop. Settings come from the environment (docs/operating.md).
import { openNode, readSettings, serve } from "@simpul/server";
import { defineCommand } from "citty";

export const serveCommand = defineCommand({
  meta: {
    name: "serve",
    description: "run this state's node; settings come from the environment",
    example: "SIMPUL_NODE=id simpul serve",
  },
  async run() {
    const node = await openNode(readSettings(process.env));
    const web = await serve(node);
    process.stdout.write(`Simpul is ready\n${node.code}  ${web.address}  ${node.name}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    });
    await web.close();
    await node.close();
  },
});
