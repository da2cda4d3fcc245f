// `simpul doctor`: what is wrong with this node and what to do. Exit 0 sound (warnings allowed), 1 broken, 2 cannot look.
import { command, exits, output } from "@simpul/doors/cli";
import { examine, readSettings } from "@simpul/server";
import { defineCommand } from "citty";

const marks = { ok: "ok    ", warn: "look  ", bad: "BROKEN" } as const;

export const doctorCommand = defineCommand({
  meta: {
    name: "doctor",
    description: "check this node from end to end; settings come from the environment",
    example: "simpul doctor",
  },
  args: { json: { type: "boolean", description: "one JSON object a line" } },
  async run({ args }) {
    await command(async () => {
      const out = output(args.json ?? false);
      const found = await examine(readSettings(process.env), (says) => out.say(`looking at ${says} …`));
      for (const one of found)
        out.result(
          one,
          `${marks[one.level]} ${one.says}${one.todo === undefined ? "" : `\n       -> ${one.todo}`}`,
        );
      const broken = found.filter((one) => one.level === "bad").length;
      const look = found.filter((one) => one.level === "warn").length;
      out.say(
        broken > 0
          ? `${broken} broken, ${look} to look at`
          : look > 0
            ? `sound; ${look} to look at`
            : "sound",
      );
      return broken > 0 ? exits.refused : exits.done;
    });
  },
});
