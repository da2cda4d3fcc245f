// `simpul normalise TYPE VALUE`: the one canonical form of a value, the same on every node.
import { command, exits, output } from "@simpul/doors/cli";
import { normalise, parseSelectorType } from "@simpul/match/profiles";
import { defineCommand } from "citty";

export const normaliseCommand = defineCommand({
  meta: { name: "normalise", description: "Give a value its canonical form" },
  args: {
    type: {
      type: "positional",
      required: true,
      description: "phone, handle, url, domain, email, wallet, account, …",
    },
    value: { type: "positional", required: true, description: "as it is written" },
    region: { type: "string", description: "where it comes from, e.g. ID" },
    json: { type: "boolean", description: "one JSON object a line" },
  },
  run: ({ args }) =>
    command(() => {
      const out = output(args.json ?? false);
      const region = args.region === undefined ? {} : { region: args.region };
      const { canonical, valid, profile } = normalise(parseSelectorType(args.type), args.value, region);
      out.result({ canonical, valid, profile }, `${canonical}  ${valid ? "valid" : "not valid"}  ${profile}`);
      return Promise.resolve(exits.done);
    }),
});
