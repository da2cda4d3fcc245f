// Measures one named figure or all of them: `npm run -s bench -- NAME [--json]`; one line a figure, ours beside its peer.
import { attachment } from "./attachment.ts";
import { border } from "./border.ts";
import { chart } from "./chart.ts";
import { check } from "./check.ts";
import { detect } from "./detect.ts";
import { exchange } from "./exchange.ts";
import { federation } from "./federation.ts";
import type { Figure } from "./figure.ts";
import { intake } from "./intake.ts";
import { joint } from "./joint.ts";
import { ledger } from "./ledger.ts";
import { list } from "./list.ts";
import { network } from "./network.ts";
import { ocr } from "./ocr.ts";
import { oracle } from "./oracle.ts";
import { picture } from "./picture.ts";
import { pictureOfMillion } from "./picture-node.ts";
import { policy } from "./policy.ts";
import { requestsRandom } from "./requests-random.ts";
import { screen } from "./screen.ts";
import { startUp } from "./start.ts";
import { victimsField } from "./victims-field.ts";
import { victimsKilled } from "./victims-killed.ts";
import { victimsList } from "./victims-list.ts";
import { victimsSaving } from "./victims-saving.ts";

/** Every bench by its name on the command line; a new one is one line here. */
const benches: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  attachment,
  border,
  chart,
  check,
  detect,
  exchange,
  federation,
  intake,
  joint,
  ledger,
  list,
  network,
  ocr,
  oracle,
  picture: async () => [...picture(), ...(await pictureOfMillion())],
  policy,
  "requests-random": requestsRandom,
  screen,
  start: startUp,
  victims: async () => [
    ...(await victimsField()),
    ...(await victimsKilled()),
    ...(await victimsList()),
    ...(await victimsSaving()),
  ],
  "victims-field": victimsField,
  "victims-killed": victimsKilled,
  "victims-list": victimsList,
  "victims-saving": victimsSaving,
};

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const names = args.filter((word) => !word.startsWith("--"));
const unknown = names.filter((name) => !Object.hasOwn(benches, name));

if (unknown.length > 0 || names.length === 0) {
  console.error(
    `Say what to measure: npm run -s bench -- NAME… [--json], NAME of ${Object.keys(benches).join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  for (const name of names)
    for (const figure of await benches[name]!()) console.log(asJson ? JSON.stringify(figure) : told(figure));
}

/** A figure as a sentence. */
function told({ figure, ours, unit, peer, peerName, bound, ratio, runs }: Figure): string {
  const beside =
    peer === null
      ? ""
      : `; ${peerName ?? "peer"}: ${peer}${ratio === null ? "" : ` (ours is ${ratio} of it)`}`;
  return `${figure}: ${ours} ${unit}${beside}${bound === null ? "" : `; bound ${bound}`}; ${runs} runs`;
}
