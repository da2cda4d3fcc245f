// `simpul lang FILE`: the language of each line, without a node. Exit 0 when the file was read, 2 when it could not be.
import { language, languages } from "@simpul/detect";
import { command, output, type Output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { encodingOf, parseEncoding, readText } from "../text-file.ts";

/** Lines are cut here: what follows adds nothing to the answer and must not fill the memory. */
const longestLine = 65_536;

function answer(say: Output, line: number, text: string): void {
  const found = language(text);
  const second = found.runnerUp === undefined ? "" : `  or ${found.runnerUp}`;
  const beginning = text.slice(0, 60);
  say.result(
    { line, ...found },
    `${found.code.padEnd(4)} ${found.confidence.toFixed(2)}  ${beginning}${second}`,
  );
}

export const langCommand = defineCommand({
  meta: {
    name: "lang",
    description: `say the language of each line: ${languages.join(", ")}, or und`,
    example: "simpul lang chat.txt",
  },
  args: {
    file: { type: "positional", required: true, description: "Text: UTF-8, UTF-16, TIS-620 or GB 18030" },
    encoding: { type: "string", description: "When the guess from the file's beginning is wrong" },
    json: { type: "boolean", description: "One JSON object a line" },
  },
  async run({ args }) {
    await command(async () => {
      const say = output(args.json === true);
      const encoding =
        args.encoding === undefined ? await encodingOf(args.file) : parseEncoding(args.encoding);
      let held = "";
      let line = 0;
      for await (const part of readText(args.file, encoding)) {
        const lines = (held + part).split("\n");
        held = lines.pop()!.slice(0, longestLine);
        for (const text of lines) answer(say, ++line, text.replace(/\r$/, ""));
      }
      if (held !== "") answer(say, ++line, held.replace(/\r$/, ""));
      return undefined;
    });
  },
});
