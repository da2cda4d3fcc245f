// `simpul peers`: other states' nodes from the command line, as on the page: list, our card, enter, confirm, stop, letters.
import { readFile, stat } from "node:fs/promises";
import { ClientError, json, proven, signedIn, type Client } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { keyCommands } from "./key-command.ts";
import { PeersError } from "./contract.ts";
import type { Incidents, Letters, OwnCard, PeerList, PeerView } from "./contract.ts";

const largest = 512_000;

/** One peer as a line; times in UTC, so that scripts and colleagues abroad read the same. */
function lineOf(peer: PeerView): string {
  const { kind, code, minutes, since } = peer.health;
  const more = [minutes === null ? null : `${minutes} min`, code, since === null ? null : `since ${since}`];
  const health = peer.state === "confirmed" ? [kind, ...more.filter((one) => one !== null)].join(" ") : "-";
  const counts = `sent ${peer.sent} received ${peer.received} waiting ${peer.waiting} dead ${peer.deadLetters}`;
  return `${peer.node}  ${peer.state.padEnd(9)}  ${health}  ${counts}  ${peer.address}`;
}

async function readCard(file: string): Promise<unknown> {
  const about = await stat(file).catch((cause: unknown) => {
    throw new ClientError("UNUSABLE", `${file} cannot be read`, null, cause);
  });
  if (about.size > largest) throw new PeersError("NOT_A_CARD", { file });
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    throw new PeersError("NOT_A_CARD", { file });
  }
}

const code = { type: "positional", required: true, description: "the state, e.g. kh" } as const;

/** Acts on one peer with a second factor. */
const act = (door: Client, name: string, peer: string, body: object): Promise<PeerView> =>
  proven(door, { act: `peers.${name}`, record: peer }, () =>
    door.call<PeerView>("POST", `/api/peers/${encodeURIComponent(peer)}/${name}`, body),
  );

const list = defineCommand({
  meta: { name: "list", description: "other states, with the health of the line", example: "simpul peers" },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const { peers } = await door.call<PeerList>("GET", "/api/peers");
      for (const peer of peers) out.result(peer, lineOf(peer));
      if (peers.length === 0) out.say("No other state yet; begin with: simpul peers enter FILE");
    }),
});

const card = defineCommand({
  meta: {
    name: "card",
    description: "our card, to be handed to another state by another way",
    example: "simpul peers card --json > id.json",
  },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const own = await door.call<OwnCard>("GET", "/api/peers/card");
      out.result(own.card, JSON.stringify(own.card, null, 2));
      out.say(`Fingerprint to read out: ${own.fingerprint.join(" ")}`);
    }),
});

const enter = defineCommand({
  meta: {
    name: "enter",
    description: "enter another state's card; nothing goes there before a second person confirms it",
    example: "simpul peers enter kh.json",
  },
  args: { file: { type: "positional", required: true, description: "the file that holds the card" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const peer = await door.call<PeerView>("POST", "/api/peers", await readCard(args.file));
      out.result(peer, lineOf(peer));
      out.say(`Compare on the telephone: ${peer.fingerprint.join(" ")}`);
      out.say(`Another administrator then runs: simpul peers confirm ${peer.node} LAST-FOUR-GROUPS-AS-HEARD`);
    }),
});

const confirm = defineCommand({
  meta: {
    name: "confirm",
    description: "confirm a card by what was heard on the telephone: another person than who entered it",
    example: "simpul peers confirm kh 41d0-9b7e-03aa-c5f2",
  },
  args: {
    code,
    heard: {
      type: "positional",
      required: true,
      description: "the last four groups as you heard them, in quotes or with dashes",
    },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const peer = await act(door, "confirm", args.code, { heard: args.heard });
      out.result(peer, lineOf(peer));
    }),
});

const stop = defineCommand({
  meta: {
    name: "stop",
    description: "stop all exchange with a state at once",
    example: "simpul peers stop kh --reason 'EXERCISE: its key may have leaked'",
  },
  args: {
    code,
    reason: { type: "string", required: true, description: "why exchange is stopped" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const peer = await act(door, "stop", args.code, { reason: args.reason });
      out.result(peer, lineOf(peer));
    }),
});

const suspend = defineCommand({
  meta: {
    name: "suspend",
    description: "let exchange with a state rest; letters wait on both sides",
    example: "simpul peers suspend kh --reason 'EXERCISE: while a leak is looked into'",
  },
  args: { code, reason: { type: "string", required: true, description: "why exchange rests" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const peer = await act(door, "suspend", args.code, { reason: args.reason });
      out.result(peer, lineOf(peer));
    }),
});

const resume = defineCommand({
  meta: {
    name: "resume",
    description: "let exchange with a state go on: two administrators, one after the other",
    example: "simpul peers resume kh",
  },
  args: { code, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const peer = await act(door, "resume", args.code, {});
      out.result(peer, lineOf(peer));
      if (peer.state === "suspended")
        out.say(`Another administrator then runs: simpul peers resume ${peer.node}`);
    }),
});

const letters = defineCommand({
  meta: {
    name: "letters",
    description: "what did not arrive or was refused, without its content",
    example: "simpul peers letters kh",
  },
  args: { code, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const path = `/api/peers/${encodeURIComponent(args.code)}/letters`;
      const { outgoing, refused } = await door.call<Letters>("GET", path);
      for (const one of outgoing)
        out.result(
          { direction: "out", ...one },
          `out  ${one.id}  ${one.kind}  ${one.state}  since ${one.since}  tries ${one.tries}  ${one.code ?? ""}`,
        );
      for (const one of refused)
        out.result(
          { direction: "in", ...one },
          `in   ${one.id}  ${one.kind ?? "?"}  refused  ${one.at}  ${one.code}`,
        );
    }),
});

const again = defineCommand({
  meta: {
    name: "again",
    description: "have a letter that was given up tried again",
    example: "simpul peers again kh 01890000-0000-7000-8000-000000000001",
  },
  args: { code, letter: { type: "positional", required: true, description: "the letter, by id" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const path = `/api/peers/${encodeURIComponent(args.code)}/letters/${encodeURIComponent(args.letter)}/again`;
      const made = await door.call<{ id: string }>("POST", path);
      out.result(made, made.id);
    }),
});

const incidents = defineCommand({
  meta: {
    name: "incidents",
    description: "evidences of letters that differed when both nodes compared them, and what was found out",
    example: "simpul peers incidents kh",
  },
  args: { code, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const path = `/api/peers/${encodeURIComponent(args.code)}/incidents`;
      const { incidents: found } = await door.call<Incidents>("GET", path);
      for (const one of found)
        out.result(
          one,
          [
            one.id,
            one.kind,
            `letters ${one.from}-${one.until} of ${one.sender}`,
            one.foundAt,
            one.closed?.because ?? "open",
          ].join("\t"),
        );
    }),
});

const close = defineCommand({
  meta: {
    name: "close",
    description: "close an incident with what you found out",
    example:
      "simpul peers close kh 01890000-0000-7000-8000-000000000001 --because 'EXERCISE: restored on 4 March'",
  },
  args: {
    code,
    incident: { type: "positional", required: true, description: "the incident, by id" },
    because: { type: "string", required: true, description: "what you found out" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const path = `/api/peers/${encodeURIComponent(args.code)}/incidents/${encodeURIComponent(args.incident)}/close`;
      await door.call("POST", path, { because: args.because });
      out.result({ id: args.incident }, "closed");
    }),
});

export const peersCommand = defineCommand({
  meta: { name: "peers", description: "other states' nodes, by their cards" },
  default: "list",
  subCommands: {
    ...{ list, card, enter, confirm, stop, suspend, resume, letters, again, incidents, close },
    ...keyCommands,
  },
});
