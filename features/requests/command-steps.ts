// Acts on one request that send some words: put forward, returned, asked back, suspended, refused, closed.
import { ClientError, json, type Client } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import { base, id, run, show } from "./command-lines.ts";
import type { RequestView } from "./contract.ts";

/** A request in the examples. */
const anId = "01890000-0000-7000-8000-000000000001";

/** Acts on one request that send some words and answer nothing; then it is shown as it stands. */
const simple = (
  name: string,
  description: string,
  words: Readonly<Record<string, string>>,
  example: string,
) =>
  defineCommand({
    meta: { name, description, example: `simpul request ${name} ${anId} ${example}`.trimEnd() },
    args: {
      id,
      ...Object.fromEntries(
        Object.entries(words).map(([word, says]) => [word, { type: "string", description: says } as const]),
      ),
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const given = args as unknown as Record<string, string | undefined>;
        const body = Object.fromEntries(
          Object.keys(words).flatMap((word) => (given[word] === undefined ? [] : [[word, given[word]]])),
        );
        await door.call("POST", `${base}/${args.id}/${name}`, body);
        await show(door, out, args.id);
      }),
  });

/** The only thread of a request, or the one with the state that was named. */
async function threadOf(door: Client, request: string, state: string | undefined): Promise<string> {
  const { threads } = await door.call<RequestView>("GET", `${base}/${request}`);
  const found = state === undefined ? threads : threads.filter((one) => one.peer === state);
  if (found.length !== 1)
    throw new ClientError(
      "UNUSABLE",
      `say which state with --state: ${threads.map((one) => one.peer).join(", ")}`,
    );
  return found[0]!.id;
}

const withThread = (
  name: string,
  description: string,
  path: string,
  words: Readonly<Record<string, string>>,
  example: string,
) =>
  defineCommand({
    meta: { name, description, example: `simpul request ${name} ${anId} ${example}` },
    args: {
      id,
      state: { type: "string", description: "the state, when several were asked" },
      ...Object.fromEntries(
        Object.entries(words).map(([word, says]) => [word, { type: "string", description: says } as const]),
      ),
      json,
    },
    run: ({ args }) =>
      run(args, async (door, out) => {
        const given = args as unknown as Record<string, string | undefined>;
        const thread = await threadOf(door, args.id, given["state"]);
        const body = Object.fromEntries(Object.keys(words).map((word) => [word, given[word] ?? ""]));
        await door.call("POST", `${base}/${args.id}/${path}`, { thread, ...body });
        await show(door, out, args.id);
      }),
  });

export const steps = {
  submit: simple("submit", "put a draft before the liaison desk", {}, ""),

  return: simple(
    "return",
    "send a draft back to its author",
    { reason: "why" },
    "--reason 'EXERCISE: say since when'",
  ),

  withdraw: simple("withdraw", "take a request back", { reason: "why" }, "--reason 'EXERCISE: solved'"),

  clarify: simple(
    "clarify",
    "ask the asking state back; the clock stops",
    { text: "the question" },
    "--text 'EXERCISE: which month?'",
  ),

  reply: withThread(
    "reply",
    "answer what they asked back",
    "clarification",
    { text: "the reply" },
    "--text 'EXERCISE: February'",
  ),

  close: withThread(
    "close",
    "close it with what it was good for",
    "close",
    { usefulness: "useful, known-already, not-useful, false, harmful", text: "a word more" },
    "--usefulness useful",
  ),

  suspend: simple(
    "suspend",
    "a judge must authorise first; the clock stops until a date",
    { reason: "why", until: "the day that is expected, e.g. 2031-04-17" },
    "--reason 'EXERCISE: court order' --until 2031-04-17",
  ),

  resume: simple("resume", "go on; the clock runs again", {}, ""),

  refuse: simple(
    "refuse",
    "refuse, with a ground of the list",
    { ground: "a code, e.g. endangers-case-or-person", text: "a word more" },
    "--ground endangers-case-or-person",
  ),

  transfer: simple(
    "transfer",
    "another authority has it, outside this node",
    { authority: "which one, and how it is reached", text: "a word more" },
    '--authority "General Department of Immigration"',
  ),
};
