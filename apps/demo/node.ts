// One node of the exercise in a process of its own: opens it, tells it its part of the story, serves it.
import { openNode, readSettings, serve } from "@simpul/server";
import { tellStory } from "./story/tell.ts";

const settings = readSettings(process.env);
const node = await openNode(settings);
await tellStory(node);
const web = await serve(node);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void web
    .close()
    .then(() => node.close())
    .then(() => process.exit(0));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
// Whoever started us is gone: so are we.
process.on("disconnect", end);
process.send?.({ code: settings.node, name: settings.name, address: web.address });
