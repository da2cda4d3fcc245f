// `simpul recall`: what can be called back, calling it back, letting it go, answering, and who holds it.
import { ClientError, json, proven, signedIn, withQuery } from "@simpul/doors/cli";
import { Evaluation, Handling } from "@simpul/model";
import type { HandlingCode } from "@simpul/model";
import { defineCommand } from "citty";
import type { Codes, Given, GradeProposal, RecallHead, RecallView } from "./contract.ts";

const base = "/api/recalls";
const id = { type: "positional", required: true, description: "the recall, by id" } as const;

const headLine = (one: RecallHead): string =>
  [
    one.id,
    one.ours ? "ours" : one.originator,
    one.kind,
    one.state,
    one.overdue ? "OVERDUE" : (one.due ?? "-"),
    `${one.holders.answered}/${one.holders.all} answered`,
    one.reasonCode,
  ].join("\t");

const anId = "01890000-0000-7000-8000-000000000001";

/** Reads a word of the call; throws `UNUSABLE` with what was meant where it is none. */
function asMeant<T>(parse: () => T, meant: string): T {
  try {
    return parse();
  } catch (cause) {
    throw new ClientError("UNUSABLE", meant, null, cause);
  }
}

const listOf = (words: string): string[] =>
  words
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** The codes from now on; H3 says in words what it restricts (HC-2). */
const termsOf = (codes: string, words: string | undefined): Handling =>
  asMeant(
    () =>
      Handling.parse({
        codes: listOf(codes) as HandlingCode[],
        ...(words !== undefined && { text: words }),
      }),
    "--codes takes H1, H2, H3; H3 needs --terms",
  );

export const recallCommand = defineCommand({
  meta: { name: "recall", description: "call back what was given; answer what is called back" },
  subCommands: {
    list: defineCommand({
      meta: {
        name: "list",
        description: "recalls you see, the last first",
        example: "simpul recall list --box theirs",
      },
      args: {
        box: { type: "string", description: "ours, theirs" },
        state: { type: "string", description: "open, closed" },
        request: { type: "string", description: "a request, by id: what of it was called back" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const where = withQuery(base, { box: args.box, state: args.state, request: args.request });
          const { recalls } = await door.call<{ recalls: RecallHead[] }>("GET", where);
          for (const one of recalls) out.result(one, headLine(one));
        }),
    }),
    codes: defineCommand({
      meta: {
        name: "codes",
        description: "the reasons for calling back, and the grounds for doing only part of it or none",
        example: "simpul recall codes",
      },
      args: { json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const codes = await door.call<Codes>("GET", `${base}/codes`);
          for (const one of codes.reasons)
            out.result(
              { for: "begin", ...one },
              ["begin", one.code, one.kinds.join(","), one.safety ? "safety" : "-"].join("\t"),
            );
          for (const one of codes.answers)
            out.result({ for: "answer", ...one }, ["answer", one.code, one.outcome].join("\t"));
        }),
    }),
    given: defineCommand({
      meta: {
        name: "given",
        description: "what of ours left with a request, and who has it",
        example: "simpul recall given 01890000-0000-7000-8000-000000000001",
      },
      args: { request: { type: "positional", required: true, description: "the request, by id" }, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { given } = await door.call<{ given: Given[] }>("GET", `${base}/given/${args.request}`);
          for (const one of given)
            out.result(
              one,
              [one.record, one.what, one.to.join(","), one.kinds.join(","), one.title].join("\t"),
            );
        }),
    }),
    begin: defineCommand({
      meta: {
        name: "begin",
        description: "put a recall before whoever lets it go",
        example:
          "simpul recall begin 01890000-0000-7000-8000-000000000001 --records 01890000-0000-7000-8000-000000000002 --kind withdraw --why inaccurate --reason 'EXERCISE: corrected list'",
      },
      args: {
        request: { type: "positional", required: true, description: "the request with which it left" },
        records: {
          type: "string",
          required: true,
          description: "ids of `recall given`, separated by commas",
        },
        kind: {
          type: "string",
          required: true,
          description: "withdraw, correct, destroy, restrict, regrade",
        },
        why: { type: "string", required: true, description: "a reason, by its code" },
        reason: { type: "string", required: true, description: "the reason in words; every holder reads it" },
        safety: {
          type: "boolean",
          default: false,
          description: "somebody may come to harm: the short clock",
        },
        codes: { type: "string", description: "with restrict: the codes from now on, e.g. H1,H2" },
        terms: { type: "string", description: "with H3: what it restricts, in words" },
        "keep-permissions": {
          type: "boolean",
          default: false,
          description: "with restrict: permissions given before stay; they are over otherwise",
        },
        grade: { type: "string", description: "with regrade: the grade from now on, e.g. C4" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          if ((args.kind === "restrict") !== (args.codes !== undefined))
            throw new ClientError("UNUSABLE", "say --codes with restrict, and only with it");
          if ((args.kind === "regrade") !== (args.grade !== undefined))
            throw new ClientError("UNUSABLE", "say --grade with regrade, and only with it");
          const grade = args.grade;
          const made = await door.call<{ id: string }>("POST", `${base}/given/${args.request}`, {
            kind: args.kind,
            records: listOf(args.records),
            reasonCode: args.why,
            reason: args.reason,
            safety: args.safety,
            ...(args.codes !== undefined && {
              handling: termsOf(args.codes, args.terms),
              endsGrants: !args["keep-permissions"],
            }),
            ...(grade !== undefined && {
              evaluation: asMeant(() => Evaluation.parse(grade), "--grade takes a 4x4 grade, e.g. C4"),
            }),
          });
          out.result(made, made.id);
        }),
    }),
    grades: defineCommand({
      meta: {
        name: "grades",
        description: "other grades proposed, by us or to us (EV-4)",
        example: "simpul recall grades --state open",
      },
      args: { state: { type: "string", description: "open, closed" }, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const where = withQuery(`${base}/grades`, { state: args.state });
          const { proposals } = await door.call<{ proposals: GradeProposal[] }>("GET", where);
          for (const one of proposals)
            out.result(
              one,
              [
                one.id,
                one.ours ? `to ${one.peer}` : `from ${one.peer}`,
                `${Evaluation.print(one.given)}>${Evaluation.print(one.evaluation)}`,
                one.state,
                one.overdue ? "OVERDUE" : one.due,
                one.title,
                one.reason,
              ].join("\t"),
            );
        }),
    }),
    propose: defineCommand({
      meta: {
        name: "propose",
        description: "propose another grade for what another state gave; it leaves at once",
        example: `simpul recall propose ${anId} --record ${anId} --grade C4 --reason 'EXERCISE: the guest book was forged'`,
      },
      args: {
        request: { type: "positional", required: true, description: "the request that brought it, by id" },
        record: { type: "string", required: true, description: "the record or item, by its originator's id" },
        grade: { type: "string", required: true, description: "4x4, e.g. C4" },
        reason: { type: "string", required: true, description: "what speaks against the grade it has" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const made = await door.call<{ id: string }>("POST", `${base}/grades`, {
            request: args.request,
            record: args.record,
            evaluation: asMeant(() => Evaluation.parse(args.grade), "--grade takes a 4x4 grade, e.g. C4"),
            reason: args.reason,
          });
          out.result(made, made.id);
        }),
    }),
    "answer-grade": defineCommand({
      meta: {
        name: "answer-grade",
        description: "accept a proposed grade (a second person lets it go) or decline it",
        example: `simpul recall answer-grade ${anId} --accept`,
      },
      args: {
        id: { type: "positional", required: true, description: "the proposal, by id" },
        accept: { type: "boolean", default: false, description: "accept it; declined otherwise" },
        reason: { type: "string", default: "", description: "in words; needed to decline" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const { recall } = await door.call<{ recall: string | null }>(
            "POST",
            `${base}/grades/${args.id}/answer`,
            {
              accept: args.accept,
              text: args.reason,
            },
          );
          out.result({ id: args.id, recall }, recall ?? "declined");
        }),
    }),
    approve: defineCommand({
      meta: {
        name: "approve",
        description: "let it go to every holder, with a second factor",
        example: "simpul recall approve 01890000-0000-7000-8000-000000000001 --reason 'EXERCISE'",
      },
      args: { id, reason: { type: "string", default: "", description: "why, for the record" }, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          await proven(door, { act: "recall.approve", record: args.id }, () =>
            door.call("POST", `${base}/${args.id}/approve`, { reason: args.reason }),
          );
          out.result({ id: args.id, state: "sent" }, "called back");
        }),
    }),
    return: defineCommand({
      meta: {
        name: "return",
        description: "send it back to its author; nothing leaves",
        example: `simpul recall return ${anId} --reason 'EXERCISE: name the second number too'`,
      },
      args: { id, reason: { type: "string", required: true, description: "what should be changed" }, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          await door.call("POST", `${base}/${args.id}/return`, { reason: args.reason });
          out.result({ id: args.id, state: "returned" }, "sent back");
        }),
    }),
    drop: defineCommand({
      meta: {
        name: "drop",
        description: "give up a recall of your own that has not left",
        example: `simpul recall drop ${anId}`,
      },
      args: { id, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          await door.call("POST", `${base}/${args.id}/drop`, {});
          out.result({ id: args.id, state: "dropped" }, "given up");
        }),
    }),
    answer: defineCommand({
      meta: {
        name: "answer",
        description: "answer another state's recall; your name goes along",
        example: "simpul recall answer 01890000-0000-7000-8000-000000000001 --outcome complied",
      },
      args: {
        id,
        outcome: { type: "string", required: true, description: "complied, partly, refused" },
        ground: { type: "string", description: "with partly and refused: the ground, by its code" },
        reason: { type: "string", default: "", description: "in words; needed with partly and refused" },
        json,
      },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          if (args.outcome !== "complied" && args.ground === undefined)
            throw new ClientError("UNUSABLE", "say --ground with partly and refused");
          await door.call("POST", `${base}/${args.id}/answer`, {
            outcome: args.outcome,
            ...(args.ground !== undefined && { code: args.ground }),
            text: args.reason,
          });
          out.result({ id: args.id, outcome: args.outcome }, `answered: ${args.outcome}`);
        }),
    }),
    show: defineCommand({
      meta: {
        name: "show",
        description: "one recall: who holds it, what each answered, what was made of it",
        example: "simpul recall show 01890000-0000-7000-8000-000000000001",
      },
      args: { id, json },
      run: ({ args }) =>
        signedIn(args, async (door, out) => {
          const view = await door.call<RecallView>("GET", `${base}/${args.id}`);
          const lines = [
            headLine(view),
            ...(view.reason === "" ? [] : [`  ${view.reason}`]),
            ...view.list.map(
              (one) => `  ${one.what} ${one.record}${one.destroyed ? " destroyed" : ""} ${one.title}`,
            ),
            ...view.tree.map(
              (one) =>
                `  ${one.via} > ${one.holder}: ${one.outcome ?? (one.overdue ? "OVERDUE" : one.takenAt === null ? "not there yet" : "in force")} ${one.officer ?? ""}`,
            ),
            ...view.flags.map((one) => `  made of it: ${one.what} ${one.about} ${one.label}`),
            `  you may: ${view.may.join(", ") || "-"}`,
          ];
          out.result(view, lines.join("\n"));
        }),
    }),
  },
});
