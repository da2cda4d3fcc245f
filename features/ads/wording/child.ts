// The process in which wording is learned: fold by fold, each handed over as soon as it is measured, then the model itself.
import { deflateRawSync } from "node:zlib";
import {
  counted,
  foldsOf,
  language,
  lots,
  marginOf,
  nearGroups,
  neutral,
  packModel,
  trainOn,
} from "@simpul/detect";
import { wordingLimits } from "../contract.ts";
import type { FromTrainer, ToTrainer } from "./run.ts";

const say = (message: FromTrainer): void => void process.send!(message);

function learn({ version, seed, examples, done }: ToTrainer): void {
  const group = nearGroups(examples.map(({ text }) => text));
  const fold = foldsOf(group, lots(seed), wordingLimits.folds);
  const languages: Record<string, number> = {};
  for (const { text } of examples) {
    const said = language(text.slice(0, 2000));
    const code = said.either ?? said.code;
    languages[code] = (languages[code] ?? 0) + 1;
  }
  const texts = examples.map(({ text }) => counted(neutral(text)));
  const modelOf = (of: readonly number[]) =>
    trainOn(of.map((nth) => texts[nth]!), of.map((nth) => examples[nth]!), { version, random: lots(seed) }); // prettier-ignore
  for (let held = 0; held < wordingLimits.folds; held++) {
    if (done.includes(held)) continue;
    const model = modelOf(examples.flatMap((_, nth) => (fold[nth] === held ? [] : [nth])));
    const margins = examples.flatMap((_, nth) => (fold[nth] === held ? [[nth, marginOf(model, texts[nth]!)] as const] : [])); // prettier-ignore
    say({ kind: "fold", fold: held, margins });
  }
  const bytes = deflateRawSync(packModel(modelOf(examples.map((_, nth) => nth))));
  // Closed only when the last word is out: a large one takes its time.
  process.send!({ kind: "model", bytes, group, languages } satisfies FromTrainer, () => process.disconnect());
}

process.on("message", learn);
// Nobody is left to learn for.
process.on("disconnect", () => process.exit(0));
