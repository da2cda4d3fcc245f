// `simpul why REF`: why an officer sees a record, who else can, who did, at the command line.
import { exits, json, signedIn } from "@simpul/doors/cli";
import { pickLocale } from "@simpul/doors/i18n";
import { wordsFromFiles } from "@simpul/doors/i18n/node";
import type { WhyView } from "@simpul/policy";
import { defineCommand } from "citty";

const policyWords = new URL("./", import.meta.resolve("@simpul/policy/words/en.json"));

/** Three parts, one line for each reason, desk and look. */
export function linesOf(why: WhyView, language: string | undefined): string[] {
  const words = wordsFromFiles(pickLocale([language]), [policyWords]);
  const by = (because: readonly string[]): string =>
    because.map((one) => words.sayOne([one.replace(/^policy/, "sight.by")]) ?? one).join(", ");
  return [
    ...why.because.map((one) => `you\t${words.sayOne([one]) ?? one}`),
    ...why.persons.map((one) => `may\t${one.name}\t${by(one.because)}`),
    ...why.desks.map(
      (one) =>
        `may\t${one.desk}, ${one.agency}\t${one.roles.map((role) => words.say(`role.${role}`)).join(", ")}\t${one.officers}`,
    ),
    ...(why.hidden > 0 ? [`may\tthrough a case that you do not see\t${why.hidden}`] : []),
    ...why.seen.map(
      (one) =>
        `did\t${one.name}\t${one.at}\t${one.kind}\t${one.times}\t${words.say(`purpose.${one.purpose}`)}`,
    ),
  ];
}

export const whyCommand = defineCommand({
  meta: {
    name: "why",
    description: "why you can see a record, who else can, who did",
    example: "simpul why ID-2031-000417",
  },
  args: {
    ref: { type: "positional", required: true, description: "a case number, or the id of any record" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const why = await door.call<WhyView>("GET", `/api/why/${encodeURIComponent(args.ref)}`);
      out.result(why, linesOf(why, process.env["SIMPUL_LANGUAGE"] ?? process.env["LANG"]).join("\n"));
      if (!why.whole) out.say("this node has more officers than are asked at once; there may be more");
      return exits.done;
    }),
});
