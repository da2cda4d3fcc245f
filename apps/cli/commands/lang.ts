// `simpul lang FILE`: the language of each line of a text.
import { language } from "@simpul/detect";
import { command, exits, output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { readText } from "./text.ts";

export const langCommand = defineCommand({
  meta: { name: "lang", description: "Tell the language of each line" },
  args: {
    file: { type: "positional", required: true, description: "a text file" },
    json: { type: "boolean", description: "one JSON object a line" },
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const lines = (await readText(args.file)).split(/\r\n|\n|\r/);
      // The line break at a file's end begins no further line.
      if (lines.at(-1) === "") lines.pop();
      for (const [nth, text] of lines.entries()) {
        const found = language(text);
        out.result({ line: nth + 1, ...found }, `${String(nth + 1).padStart(6)}  ${found.code}`);
      }
      return exits.done;
    }),
});
