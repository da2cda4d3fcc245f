// `simpul peers`: other states' nodes from the command line, as on the page: list, our card, enter, confirm, stop, letters.
import { readFile, stat } from "node:fs/promises";
import { client, ClientError, command, exits, output, type Client } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { PeersError } from "./contract.ts";
import type { Letters, OwnCard, PeerList, PeerView } from "./contract.ts";

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

/** Does what needs a proof: by a click in an exercise, else it says where she shows her passkey. */
async function proven<Answer>(door: Client, act: string, code: string, body: object): Promise<Answer> {
  const path = `/api/peers/${code}/${act}`;
  try {
    return await door.call<Answer>("POST", path, body);
  } catch (error) {
    if (!(error instanceof ClientError) || error.refusal !== "STEP_UP") throw error;
    const ask = { act: `peers.${act}`, record: code };
    const { exercise } = (await door.call<{ node: { exercise: boolean } }>("GET", "/api/access/session"))
      .node;
    if (!exercise) {
      const where = new URL("/settings/prove", door.profile.address);
      where.search = new URLSearchParams(ask).toString();
      throw new ClientError("REFUSED", `show your passkey at ${where.href}, then run this again`, "STEP_UP");
    }
    await door.call("POST", "/api/access/step-up/exercise", ask);
    return door.call<Answer>("POST", path, body);
  }
}

type Given = { a?: string | undefined; b?: string | undefined; reason?: string | undefined };
type Say = ReturnType<typeof output>;

const needed = (value: string | undefined, what: string): string => {
  if (value === undefined || value === "") throw new ClientError("UNUSABLE", `say ${what}`);
  return value;
};

const acts: Readonly<Record<string, (door: Client, given: Given, say: Say) => Promise<void>>> = {
  async list(door, _given, say) {
    const { peers } = await door.call<PeerList>("GET", "/api/peers");
    for (const peer of peers) say.result(peer, lineOf(peer));
    if (peers.length === 0) say.say("No other state yet; begin with: simpul peers enter FILE");
  },
  async card(door, _given, say) {
    const own = await door.call<OwnCard>("GET", "/api/peers/card");
    say.result(own.card, JSON.stringify(own.card, null, 2));
    say.say(`Fingerprint to read out: ${own.fingerprint.join(" ")}`);
  },
  async enter(door, { a }, say) {
    const card = await readCard(needed(a, "which file holds the card"));
    const peer = await door.call<PeerView>("POST", "/api/peers", card);
    say.result(peer, lineOf(peer));
    say.say(`Compare on the telephone: ${peer.fingerprint.join(" ")}`);
    say.say(`Another administrator then runs: simpul peers confirm ${peer.node} LAST-FOUR-GROUPS-AS-HEARD`);
  },
  async confirm(door, { a, b }, say) {
    const code = needed(a, "which state");
    const heard = needed(b, "the last four groups as you heard them, in quotes or with dashes");
    const peer = await proven<PeerView>(door, "confirm", code, { heard });
    say.result(peer, lineOf(peer));
  },
  async stop(door, { a, reason }, say) {
    const code = needed(a, "which state");
    const why = needed(reason, "why, with --reason");
    const peer = await proven<PeerView>(door, "stop", code, { reason: why });
    say.result(peer, lineOf(peer));
  },
  async letters(door, { a }, say) {
    const code = needed(a, "which state");
    const { outgoing, refused } = await door.call<Letters>("GET", `/api/peers/${code}/letters`);
    for (const one of outgoing)
      say.result(
        { direction: "out", ...one },
        `out  ${one.id}  ${one.kind}  ${one.state}  since ${one.since}  tries ${one.tries}  ${one.code ?? ""}`,
      );
    for (const one of refused)
      say.result(
        { direction: "in", ...one },
        `in   ${one.id}  ${one.kind ?? "?"}  refused  ${one.at}  ${one.code}`,
      );
  },
  async again(door, { a, b }, say) {
    const [code, id] = [needed(a, "which state"), needed(b, "which letter")];
    const made = await door.call<{ id: string }>("POST", `/api/peers/${code}/letters/${id}/again`);
    say.result(made, made.id);
  },
};

export const peersCommand = defineCommand({
  meta: {
    name: "peers",
    description:
      "Other states' nodes: list | card | enter FILE | confirm CODE GROUPS | stop CODE --reason … | letters CODE | again CODE LETTER",
  },
  args: {
    act: { type: "positional", required: false, description: "What to do; list when left out" },
    a: { type: "positional", required: false, description: "FILE or CODE" },
    b: { type: "positional", required: false, description: "GROUPS as heard, or LETTER" },
    reason: { type: "string", description: "Why exchange is stopped" },
    json: { type: "boolean", description: "One JSON object a line" },
  },
  async run({ args }) {
    await command(async () => {
      const act = acts[args.act ?? "list"];
      if (act === undefined) {
        output(false).say(`say one of ${Object.keys(acts).join(", ")}`);
        return exits.unusable;
      }
      await act(await client(), args, output(args.json === true));
      return undefined;
    });
  },
});
