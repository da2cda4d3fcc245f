// One node of the exercise in a process of its own: opens it, tells it its part of the story, serves it.
import { openNode, readSettings, serve } from "@simpul/server";
import type { Introduction, Ready } from "./federation.ts";
import { tellPicture } from "./story/tell-picture.ts";
import { tellProtected } from "./story/tell-protected.ts";
import { tellStory, victimDeskOf } from "./story/tell.ts";

const settings = readSettings(process.env);
const node = await openNode(settings);
const cast = await tellStory(node);
const supervisor = cast === null ? undefined : victimDeskOf(cast);
if (supervisor !== undefined) await tellProtected(node, supervisor);
if (cast !== null) await tellPicture(node, cast);
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

// The others, as the one that started us hands their cards over.
process.on("message", (message) => {
  const { cards } = message as Introduction;
  void (async () => {
    for (const card of cards) if (card.node !== node.code) await node.peering.introduce(card);
    await node.peering.cosign();
    process.send?.({ introduced: true });
  })();
});
const ready: Ready = { code: node.code, name: node.name, address: web.address, card: node.peering.card() };
process.send?.(ready);
