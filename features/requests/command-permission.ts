// `simpul permission`: asking an originator, and deciding what another state asks of us.
import { ClientError, json, proven, withQuery } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { base, id, permissionLine, run } from "./command-lines.ts";
import type { PermissionView } from "./contract.ts";

const list = (text: string | undefined): string[] =>
  text === undefined || text === "" ? [] : text.split(",");

export const permissionCommand = defineCommand({
  meta: { name: "permission", description: "permission of an originator: ask, decide, withdraw" },
  subCommands: {
    list: defineCommand({
      meta: {
        name: "list",
        description: "asked and to decide, newest first",
        example: "simpul permission list --box incoming",
      },
      args: {
        box: { type: "string", description: "outgoing, incoming" },
        state: { type: "string", description: "states, separated by commas" },
        json,
      },
      run: ({ args }) =>
        run(args, async (door, out) => {
          const { permissions } = await door.call<{ permissions: PermissionView[] }>(
            "GET",
            withQuery(`${base}/permissions`, { box: args.box, state: args.state }),
          );
          for (const one of permissions) out.result(one, permissionLine(one));
        }),
    }),
    show: defineCommand({
      meta: {
        name: "show",
        description: "one permission with its grants",
        example: "simpul permission show 01890000-0000-7000-8000-000000000001",
      },
      args: { id, json },
      run: ({ args }) =>
        run(args, async (door, out) => {
          const one = await door.call<PermissionView>("GET", `${base}/permissions/${args.id}`);
          out.result(one, permissionLine(one));
        }),
    }),
    ask: defineCommand({
      meta: {
        name: "ask",
        description: "ask the originator; leaves at once",
        example:
          "simpul permission ask 01890000-0000-7000-8000-000000000001 --case ID-2031-000417 --court 'EXERCISE: court' --basis untoc-27 --reason 'EXERCISE: trial'",
      },
      args: {
        records: {
          type: "positional",
          required: true,
          description: "records or items, by id, separated by commas",
        },
        case: { type: "string", required: true, description: "the case for which it is needed" },
        court: { type: "string", description: "the court, for court use" },
        to: { type: "string", description: "states, for passing on" },
        basis: { type: "string", required: true, description: "legal basis, a code" },
        purpose: { type: "string", default: "crime-investigation", description: "a code" },
        reason: { type: "string", required: true, description: "why" },
        by: { type: "string", description: "the day by which it is needed" },
        json,
      },
      run: ({ args }) =>
        run(args, async (door, out) => {
          if ((args.court === undefined) === (args.to === undefined))
            throw new ClientError("UNUSABLE", "say --court for court use, or --to for passing on");
          const made = await door.call<{ id: string }>("POST", `${base}/permissions`, {
            case: args.case,
            records: list(args.records),
            action: args.court === undefined ? "onward" : "court",
            recipients: list(args.to),
            court: args.court ?? null,
            legalBasis: args.basis,
            purpose: args.purpose,
            reason: args.reason,
            neededBy: args.by ?? null,
          });
          out.result(made, made.id);
        }),
    }),
    decide: defineCommand({
      meta: {
        name: "decide",
        description: "grant or refuse, with a second factor",
        example: "simpul permission decide 01890000-0000-7000-8000-000000000001 --grant all",
      },
      args: {
        id,
        grant: { type: "string", description: "records to grant, by id, or `all`" },
        ground: { type: "string", description: "the ground for what is not granted" },
        conditions: { type: "string", default: "", description: "conditions, in words" },
        until: { type: "string", description: "the last day on which it holds" },
        reason: { type: "string", default: "", description: "why" },
        json,
      },
      run: ({ args }) =>
        run(args, async (door, out) => {
          const asked = await door.call<PermissionView>("GET", `${base}/permissions/${args.id}`);
          const granted = new Set(
            args.grant === "all" ? asked.records.map((one) => one.record as string) : list(args.grant),
          );
          const body = {
            decisions: asked.records.map(({ record }) =>
              granted.has(record)
                ? { record, grant: true }
                : { record, grant: false, ...(args.ground !== undefined && { ground: args.ground }) },
            ),
            conditions: args.conditions,
            notAfter: args.until ?? null,
            reason: args.reason,
          };
          await proven(door, { act: "permission.decide", record: args.id }, () =>
            door.call("POST", `${base}/permissions/${args.id}/decide`, body),
          );
          const after = await door.call<PermissionView>("GET", `${base}/permissions/${args.id}`);
          out.result(after, permissionLine(after));
        }),
    }),
    withdraw: defineCommand({
      meta: {
        name: "withdraw",
        description: "take a question back",
        example: "simpul permission withdraw 01890000-0000-7000-8000-000000000001",
      },
      args: { id, json },
      run: ({ args }) =>
        run(args, async (door, out) => {
          await door.call("POST", `${base}/permissions/${args.id}/withdraw`);
          out.result({ id: args.id, state: "withdrawn" }, `${args.id}\twithdrawn`);
        }),
    }),
  },
});
