// `simpul extract FILE`: what is found in a text, without a node.
import { findInPieces } from "@simpul/detect";
import { command, exits, output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { readText } from "./text.ts";

export const extractCommand = defineCommand({
  meta: {
    name: "extract",
    description: "Find phones, handles, links, wallets, accounts and documents in a text",
  },
  args: {
    file: { type: "positional", required: true, description: "a text file" },
    region: { type: "string", description: "where numbers without a country come from, e.g. ID" },
    json: { type: "boolean", description: "one JSON object a line" },
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const text = await readText(args.file);
      const region = args.region === undefined ? {} : { region: args.region };
      for await (const found of findInPieces([text], region)) {
        const { type, text: written, canonical, start, end, valid } = found;
        const one = { type, text: written, canonical, start, end, valid };
        out.result(one, `${String(start).padStart(7)}  ${valid ? " " : "?"} ${type.padEnd(9)} ${canonical}`);
      }
      return exits.done;
    }),
});
