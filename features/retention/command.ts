// `simpul keep`: what is due for review, kept with a reason, held for a court, deleted.
import { ClientError, json, proven, signedIn, withQuery } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { keptKinds, type Gone, type Kept } from "./contract.ts";

const base = "/api/retention";
const anId = "01890000-0000-7000-8000-000000000001";

export const keepCommand = defineCommand({
  meta: { name: "keep", description: "what is due for review: keep, hold for a court, delete" },
  subCommands: {
    list: defineCommand({
      meta: {
        name: "list",
        description: "what is due, with the day on which silence deletes it",
        example: "simpul keep list",
      },
      args: {
        state: { type: "string", description: "due, held, all" },
        kind: { type: "string", description: keptKinds.join(", ") },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { kept } = await door.call<{ kept: Kept[] }>(
            "GET",
            withQuery(base, { state: args.state, kind: args.kind }),
          );
          for (const one of kept)
            out.result(
              one,
              [
                one.kind,
                one.id,
                one.reviewOn,
                one.hold !== null ? "held" : one.frozen ? "frozen" : (one.deleteAfter ?? one.state),
                one.basis,
                one.case?.number ?? "-",
                one.title,
              ].join("\t"),
            );
        }),
    }),
    gone: defineCommand({
      meta: {
        name: "gone",
        description: "what is gone, with its signed mark",
        example: "simpul keep gone --json",
      },
      args: { json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { gone } = await door.call<{ gone: Gone[] }>("GET", `${base}/gone`);
          for (const one of gone) out.result(one, [one.kind, one.id, one.at].join("\t"));
        }),
    }),
    decide: defineCommand({
      meta: {
        name: "decide",
        description: "keep until a day, delete, hold for a court, release the hold",
        example: `simpul keep decide item ${anId} keep --until 2034-01-01 --reason 'EXERCISE: trial pending'`,
      },
      args: {
        kind: { type: "positional", required: true, description: keptKinds.join(", ") },
        id: { type: "positional", required: true, description: "the record, by id" },
        decision: { type: "positional", required: true, description: "keep, delete, hold, release" },
        reason: { type: "string", default: "", description: "in words" },
        until: { type: "string", description: "with keep: the next review, a day" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          if (args.decision === "keep" && args.until === undefined)
            throw new ClientError("UNUSABLE", "say --until with keep");
          const decide = () =>
            door.call("POST", `${base}/${args.kind}/${args.id}`, {
              decision: args.decision,
              reason: args.reason,
              ...(args.until !== undefined && { until: args.until }),
            });
          const { decision } = args;
          if (decision === "delete") {
            const { kept } = await door.call<{ kept: Kept[] }>(
              "GET",
              withQuery(base, { state: "all", kind: args.kind }),
            );
            const one = kept.find((each) => each.id === args.id);
            const record = args.kind === "request" ? args.id : (one?.case?.id ?? args.id);
            await proven(door, { act: "retention.delete", record }, decide);
          } else await decide();
          out.result({ kind: args.kind, id: args.id, decision }, decision);
        }),
    }),
  },
});
