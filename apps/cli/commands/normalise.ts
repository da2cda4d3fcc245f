// `simpul normalise TYPE VALUE`: a selector's canonical form by the published profile. Exit 0 answered, 2 unusable use.
import { normalise, parseSelectorType } from "@simpul/match/profiles";
import { command, output } from "@simpul/doors/cli";
import { SimpulError } from "@simpul/model";
import { defineCommand } from "citty";

/** A country as ISO 3166-1 alpha-2, either case; throws `NOT_A_REGION`. */
export function parseRegion(text: string): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw new SimpulError("NOT_A_REGION", text.slice(0, 20));
}

export const normaliseCommand = defineCommand({
  meta: {
    name: "normalise",
    description: "bring a selector into the one form that states compare",
    example: "simpul normalise phone 0854-0000-1702 --region ID",
  },
  args: {
    type: {
      type: "positional",
      required: true,
      description: "phone, handle, url, domain, email, wallet, account, document, vehicle, device",
    },
    value: { type: "positional", required: true, description: "The value as written" },
    region: { type: "string", description: "Where it comes from when it does not say, e.g. ID" },
    json: { type: "boolean", description: "One JSON object" },
  },
  async run({ args }) {
    await command(() => {
      const hints = args.region === undefined ? {} : { region: parseRegion(args.region) };
      const value = normalise(parseSelectorType(args.type), args.value, hints);
      const state = value.valid ? "valid" : "not valid";
      const why = value.reason === undefined ? "" : ` (${value.reason})`;
      output(args.json === true).result(value, `${value.canonical}  ${state}${why}  ${value.profile}`);
      return Promise.resolve(undefined);
    });
  },
});
