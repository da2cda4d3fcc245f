// `simpul extract FILE`: what detect finds in a text, without a node. Exit 0 when the file was read, 2 when it could not be.
import { findInPieces } from "@simpul/detect";
import { command, output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { encodingOf, parseEncoding, readText } from "../text-file.ts";
import { parseRegion } from "./normalise.ts";

export const extractCommand = defineCommand({
  meta: {
    name: "extract",
    description:
      "find phones, handles, links, wallets, accounts and papers in a text file, with their places",
    example: "simpul extract chat.txt --region ID",
  },
  args: {
    file: { type: "positional", required: true, description: "Text: UTF-8, UTF-16, TIS-620 or GB 18030" },
    region: { type: "string", description: "Where numbers without a country come from, e.g. TH" },
    encoding: { type: "string", description: "When the guess from the file's beginning is wrong" },
    json: { type: "boolean", description: "One JSON object a line; start and end count UTF-16 units" },
  },
  async run({ args }) {
    await command(async () => {
      const say = output(args.json === true);
      const region = args.region === undefined ? {} : { region: parseRegion(args.region) };
      const encoding =
        args.encoding === undefined ? await encodingOf(args.file) : parseEncoding(args.encoding);
      for await (const one of findInPieces(readText(args.file, encoding), region)) {
        const mark = one.valid ? (one.reason ?? "") : `not valid: ${one.reason ?? ""}`;
        const place = `${one.start}-${one.end}`.padEnd(14);
        say.result(one, `${place} ${one.type.padEnd(9)} ${one.canonical.padEnd(40)} ${mark}`.trimEnd());
      }
      return undefined;
    });
  },
});
