// `simpul peers keys`: this node's keys from the command line, as on the page: look, propose, confirm, give up.
import { json, proven, signedIn, type Client, type Output } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import type { OwnCard, OwnKeysView } from "./contract.ts";

const id = {
  type: "positional",
  required: true,
  description: "the change, as `simpul peers keys` names it",
} as const;
const because = { type: "string", required: true, description: "why; oversight reads it" } as const;

function tell(out: Output, view: OwnKeysView): void {
  for (const key of view.keys) {
    const ended = key.endedAt === null ? "in use" : `until ${key.endedAt}`;
    const more = [
      key.countsUntil === null ? null : `still counts until ${key.countsUntil}`,
      key.stolenSince === null ? null : `STOLEN ${key.stolenSince}`,
    ].filter((one) => one !== null);
    out.result(key, [`${key.name}  since ${key.since ?? "the node began"}  ${ended}`, ...more].join("  "));
  }
  if (view.untold.length > 0) out.say(`Do not know the keys of now yet: ${view.untold.join(", ")}`);
  const { proposed } = view;
  if (proposed !== null)
    out.say(
      `Waits for another administrator: simpul peers keys-confirm ${proposed.id}  (${proposed.kind}: ${proposed.because})`,
    );
}

/** Acts on this node's keys with a second factor. */
async function act(door: Client, path: string, body?: object): Promise<OwnKeysView> {
  const { card } = await door.call<OwnCard>("GET", "/api/peers/card");
  return proven(door, { act: "keys.change", record: card.node }, () =>
    door.call<OwnKeysView>("POST", `/api/peers/keys${path}`, body),
  );
}

const keys = defineCommand({
  meta: {
    name: "keys",
    description: "our keys, those of before, and who does not know them yet",
    example: "simpul peers keys",
  },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => tell(out, await door.call<OwnKeysView>("GET", "/api/peers/keys"))),
});

const change = defineCommand({
  meta: {
    name: "keys-change",
    description: "propose new keys for this node; another administrator confirms",
    example: "simpul peers keys-change --because 'EXERCISE: once a year'",
  },
  args: { because, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) =>
      tell(out, await act(door, "", { kind: "change", because: args.because })),
    ),
});

const stolen = defineCommand({
  meta: {
    name: "keys-stolen",
    description: "propose to declare this node's keys stolen; another administrator confirms",
    example: "simpul peers keys-stolen --since 2031-03-04T03:00:00Z --because 'EXERCISE: the disk is gone'",
  },
  args: {
    since: { type: "string", required: true, description: "since when at the latest, in UTC" },
    because,
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) =>
      tell(out, await act(door, "", { kind: "stolen", since: args.since, because: args.because })),
    ),
});

const confirm = defineCommand({
  meta: {
    name: "keys-confirm",
    description: "confirm what another administrator proposed: the keys are others at once",
    example: "simpul peers keys-confirm 01890000-0000-7000-8000-000000000001",
  },
  args: { id, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) =>
      tell(out, await act(door, `/${encodeURIComponent(args.id)}/confirm`)),
    ),
});

const drop = defineCommand({
  meta: {
    name: "keys-drop",
    description: "give a proposed change of keys up",
    example: "simpul peers keys-drop 01890000-0000-7000-8000-000000000001",
  },
  args: { id, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) =>
      tell(out, await door.call<OwnKeysView>("POST", `/api/peers/keys/${encodeURIComponent(args.id)}/drop`)),
    ),
});

export const keyCommands = {
  keys,
  "keys-change": change,
  "keys-stolen": stolen,
  "keys-confirm": confirm,
  "keys-drop": drop,
};
