// `simpul letter`: to whom one writes, what lies there, the PDF, and what became of it on paper.
import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { ClientError, json, pages, refusalOf, signedIn } from "@simpul/doors/cli";
import { Evaluation, Handling, type HandlingCode, type Id } from "@simpul/model";
import { defineCommand } from "citty";
import { outcomes } from "../recalls/contract.ts";
import { answerKinds } from "../requests/contract.ts";
import {
  answerWays,
  channels,
  type AskPermitted,
  type Correspondents,
  type LetterHead,
  type LetterView,
} from "./contract.ts";

const base = "/api/letters";
const anId = "01890000-0000-7000-8000-000000000001";
const id = { type: "positional", required: true, description: "the letter, by id" } as const;
const text = (description: string) => ({ type: "string", description }) as const;
const needed = (description: string) => ({ ...text(description), required: true }) as const;
const today = (): string => new Date().toISOString().slice(0, 10);

const headLine = (one: LetterHead): string =>
  [
    one.id,
    one.reference,
    one.outcome ?? one.standing,
    one.clock?.over === true ? "OVERDUE" : (one.clock?.due ?? "-"),
    one.correspondent,
    one.subject,
  ].join("\t");

const listOf = (words: string | undefined): string[] =>
  (words ?? "").split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));

function oneOf(flag: string, of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new ClientError("UNUSABLE", `--${flag}: one of ${of.join(", ")}`);
}

function termsOf(codes: string | undefined): Handling {
  try {
    return Handling.parse({ codes: listOf(codes ?? "H1,H2") as HandlingCode[] });
  } catch (cause) {
    throw new ClientError("UNUSABLE", "--handling: H0, or of H1,H2", null, cause);
  }
}
function gradeOf(grade: string | undefined): Evaluation {
  try {
    const { source, information } = Evaluation.parse(grade ?? "X4");
    return { source, information };
  } catch (cause) {
    throw new ClientError("UNUSABLE", "--grade: 4x4, e.g. B2", null, cause);
  }
}

/** What every answer says, however it came. */
const answerOf = (args: {
  way: string;
  who: string;
  on?: string | undefined;
  text?: string | undefined;
  language?: string | undefined;
  items?: string | undefined;
  theirs?: string | undefined;
}) => ({
  way: oneOf("way", answerWays, args.way),
  saidBy: args.who,
  saidAt: args.on ?? today(),
  theirReference: args.theirs ?? "",
  text: args.text ?? "",
  language: args.language ?? "en",
  items: listOf(args.items),
});

const said = {
  way: { ...text(answerWays.join(", ")), default: "letter" },
  who: needed("who said it"),
  on: text("the day; today unless given"),
} as const;
const scanned = {
  items: text("scans or e-mails taken in, by id, separated by commas"),
  theirs: text("their reference"),
  language: { ...text("the language of what it says"), default: "en" },
} as const;

function decisionsOf(grant: string | undefined, refuse: string | undefined): AskPermitted["decisions"] {
  const no = listOf(refuse).map((one) => {
    const [record, ground] = one.split("=");
    if (!record || !ground) throw new ClientError("UNUSABLE", "--refuse: ID=GROUND");
    return { record: record as Id, grant: false, ground };
  });
  const all = [...listOf(grant).map((record) => ({ record: record as Id, grant: true })), ...no];
  if (all.length === 0) throw new ClientError("UNUSABLE", "--grant or --refuse: each record asked about");
  return all;
}

const shown = (view: LetterView): string =>
  [
    headLine(view),
    `  to ${view.to.names["en"] ?? view.to.code} (${view.to.standing}), ${view.pages} pages, ${view.filled}/${view.fields} filled, sha256 ${view.digest}`,
    ...(view.postedOn === null ? [] : [`  sent ${view.postedOn} by ${view.channel ?? ""} ${view.sentNote}`]),
    ...aboutLine(view.of),
    ...(view.acknowledgedOn === null ? [] : [`  arrived ${view.acknowledgedOn} ${view.theirReference}`]),
    ...view.answers.map(
      (one) =>
        `  > ${one.saidAt} ${one.way} ${one.kind} ${one.saidBy}: ${one.text} [${one.handling.codes.join("+")} ${Evaluation.print(one.evaluation)}] ${one.items.map((item) => item.fileName).join(", ")}`,
    ),
    `  you may: ${view.may.join(", ") || "-"}`,
  ].join("\n");

/** What is called back, or which records may be permitted. */
function aboutLine(of: LetterView["of"]): string[] {
  if (of.kind === "recall") return [`  calls back: ${of.recall}`];
  if (of.kind === "permission")
    return [`  asks for: ${of.action}`, ...of.records.map((one) => `  . ${one.record} ${one.title}`)];
  return [];
}

/** Notes something and shows the letter as it stands then. */
const noting = (
  args: { id: string; json?: boolean | undefined },
  door: string,
  body: () => object,
): Promise<void> =>
  signedIn(args, async (client, out) => {
    await client.call("POST", `${base}/${args.id}/${door}`, body());
    const view = await client.call<LetterView>("GET", `${base}/${args.id}`);
    out.result(view, shown(view));
  });

const subCommands = {
  to: defineCommand({
    meta: { name: "to", description: "whom one can write to, with source", example: "simpul letter to" },
    args: { json },
    run: ({ args }) =>
      signedIn(args, async (door, out) => {
        const { list } = await door.call<Correspondents>("GET", `${base}/correspondents`);
        for (const one of list)
          out.result(
            one,
            [one.code, one.state, one.language, one.standing, one.names["en"] ?? ""].join("\t"),
          );
      }),
  }),
  list: defineCommand({
    meta: { name: "list", description: "letters that you see", example: "simpul letter list --open" },
    args: { open: { type: "boolean", description: "only those that wait for something" }, json },
    run: ({ args }) =>
      signedIn(args, async (door, out) => {
        const query = { open: args.open === true ? "true" : undefined };
        for await (const page of pages<{ letters: LetterHead[]; next: string | null }>(door, base, query))
          for (const one of page.letters) out.result(one, headLine(one));
      }),
  }),
  show: defineCommand({
    meta: {
      name: "show",
      description: "a letter, its notes and answers",
      example: `simpul letter show ${anId}`,
    },
    args: { id, json },
    run: ({ args }) =>
      signedIn(args, async (door, out) => {
        const view = await door.call<LetterView>("GET", `${base}/${args.id}`);
        out.result(view, shown(view));
      }),
  }),
  paper: defineCommand({
    meta: {
      name: "paper",
      description: "the PDF exactly as it was approved, into a file; noted as printed",
      example: `simpul letter paper ${anId} --to letter.pdf`,
    },
    args: { id, to: needed("the file"), json },
    run: ({ args }) =>
      signedIn(args, async (door, out) => {
        const view = await door.call<LetterView>("GET", `${base}/${args.id}`);
        const answer = await door.fetch(`${base}/${args.id}/paper`);
        if (!answer.ok) throw await refusalOf(answer);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        if (createHash("sha256").update(bytes).digest("hex") !== view.digest)
          throw new ClientError("NODE_FAULT", "the letter came with another digest than its own");
        const part = `${args.to}.part`;
        try {
          await writeFile(part, bytes, { mode: 0o600 });
          await rename(part, args.to);
        } catch (fault) {
          await rm(part, { force: true });
          throw fault;
        }
        out.result({ file: args.to, digest: view.digest, size: bytes.length }, args.to);
      }),
  }),
  sent: defineCommand({
    meta: {
      name: "sent",
      description: "note that it left the house",
      example: `simpul letter sent ${anId} --by courier --note 'EXERCISE: bag 17'`,
    },
    args: {
      id,
      by: needed(channels.join(", ")),
      on: text("the day; today unless given"),
      note: text("bag or tracking number"),
      json,
    },
    run: ({ args }) =>
      noting(args, "posted", () => ({
        on: args.on ?? today(),
        channel: oneOf("by", channels, args.by),
        note: args.note ?? "",
      })),
  }),
  arrived: defineCommand({
    meta: {
      name: "arrived",
      description: "note that it was acknowledged",
      example: `simpul letter arrived ${anId} --theirs 'EXERCISE 77'`,
    },
    args: { id, on: text("the day; today unless given"), theirs: text("their reference"), json },
    run: ({ args }) =>
      noting(args, "acknowledged", () => ({ on: args.on ?? today(), theirReference: args.theirs ?? "" })),
  }),
  answer: defineCommand({
    meta: {
      name: "answer",
      description: "join an answer: scans by their items, or what was said, in one step",
      example: `simpul letter answer ${anId} --way phone --who 'EXERCISE: duty officer' --text 'EXERCISE: known there'`,
    },
    args: {
      id,
      ...said,
      ...scanned,
      kind: { ...text(answerKinds.join(", ")), default: "full" },
      text: text("what it says, in its own language"),
      handling: text("their terms: H0, or of H1,H2; H1,H2 unless given"),
      grade: text("4x4, e.g. B2; not evaluated unless given"),
      json,
    },
    run: ({ args }) =>
      noting(args, "answer", () => ({
        ...answerOf(args),
        kind: oneOf("kind", answerKinds, args.kind),
        handling: termsOf(args.handling),
        evaluation: gradeOf(args.grade),
      })),
  }),
  refused: defineCommand({
    meta: {
      name: "refused",
      description: "note a refusal with its ground",
      example: `simpul letter refused ${anId} --ground not-held --who 'EXERCISE: registry'`,
    },
    args: { id, ...said, ground: needed("a ground, by its code"), text: text("what was said"), json },
    run: ({ args }) =>
      noting(args, "refused", () => ({
        ground: args.ground,
        way: oneOf("way", answerWays, args.way),
        saidBy: args.who,
        saidAt: args.on ?? today(),
        text: args.text ?? "",
      })),
  }),
  recalled: defineCommand({
    meta: {
      name: "recalled",
      description: "note what became of what was called back",
      example: `simpul letter recalled ${anId} --outcome complied --who 'EXERCISE: registry' --items ${anId}`,
    },
    args: {
      id,
      ...said,
      ...scanned,
      outcome: needed(outcomes.join(", ")),
      code: text("why not, or not wholly, by its code (simpul recall codes)"),
      text: text("what it says"),
      json,
    },
    run: ({ args }) =>
      noting(args, "recalled", () => ({
        ...answerOf(args),
        outcome: oneOf("outcome", outcomes, args.outcome),
        code: args.code ?? null,
      })),
  }),
  permitted: defineCommand({
    meta: {
      name: "permitted",
      description: "note what was permitted; without its scan nothing is",
      example: `simpul letter permitted ${anId} --grant ${anId} --who 'EXERCISE: colonel' --items ${anId}`,
    },
    args: {
      id,
      ...said,
      ...scanned,
      grant: text("records that may be used so, by id, separated by commas"),
      refuse: text("records that may not, each as ID=GROUND, separated by commas"),
      conditions: text("on what conditions, in their words"),
      until: text("the last day; no end unless given"),
      text: text("what else it says"),
      json,
    },
    run: ({ args }) =>
      noting(args, "permitted", () => ({
        ...answerOf(args),
        decisions: decisionsOf(args.grant, args.refuse),
        conditions: args.conditions ?? "",
        notAfter: args.until ?? null,
      })),
  }),
};

export const letterCommand = defineCommand({
  meta: { name: "letter", description: "letters to states and agencies without a node" },
  subCommands,
});
