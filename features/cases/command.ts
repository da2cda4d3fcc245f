// `simpul cases` and `simpul case`: finding, opening and filling cases at the command line.
import { json, pages, signedIn, withQuery, type Client } from "@simpul/doors/cli";
import { Evaluation, Handling, type HandlingCode } from "@simpul/model";
import { defineCommand } from "citty";
import type { SessionView } from "../access/contract.ts";
import type { Activity, CaseHead, CaseView, Edit, Found, Opened, RecordKind, Records } from "./contract.ts";
import { recordKinds, teamRoles } from "./contract.ts";
import { activityLine, fieldsOf, grade, headLine, recordLine } from "./command-lines.ts";
import { parseKind } from "./kinds.ts";

const ref = { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" } as const;
const kind = { type: "positional", required: true, description: recordKinds.join(", ") } as const;
const at = (of: string): string => `/api/cases/${encodeURIComponent(of)}`;

type CasePage = { cases: CaseHead[]; next: string | null };

export const casesCommand = defineCommand({
  meta: {
    name: "cases",
    description: "the cases that you see, the last changed first",
    example: "simpul cases --find +6285400001702",
  },
  args: {
    find: { type: "string", description: "a number, name or word; also finds what lies in cases" },
    state: { type: "string", description: "open, suspended, closed" },
    mine: { type: "boolean", description: "only where you are in the team" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      if (args.find !== undefined) {
        const path = withQuery("/api/cases/search", { q: args.find });
        const { found } = await door.call<{ found: Found[] }>("GET", path);
        for (const one of found) out.result(one, [one.number, one.kind, one.text, one.caseTitle].join("\t"));
        return;
      }
      const query = { state: args.state, mine: args.mine === true ? "true" : null };
      for await (const page of pages<CasePage>(door, "/api/cases", query))
        for (const one of page.cases) out.result(one, headLine(one));
    }),
});

const open = defineCommand({
  meta: {
    name: "open",
    description: "open a case at your desk; confirmed findings of --items become its selectors",
    example: 'simpul case open "EXERCISE: the recruiter" --crime-type trafficking-forced-criminality',
  },
  args: {
    title: { type: "positional", required: true, description: "title" },
    "crime-type": { type: "string", required: true, description: "code; `simpul case codes` lists them" },
    summary: { type: "string", description: "what is known" },
    language: { type: "string", description: "language of the summary, e.g. id" },
    covert: { type: "boolean", description: "only the team sees it" },
    items: { type: "string", description: "items, by id, separated by commas" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const opened = await door.call<Opened>("POST", "/api/cases", {
        title: args.title,
        crimeType: args["crime-type"],
        covert: args.covert ?? false,
        ...(args.summary !== undefined && { summary: args.summary }),
        ...(args.language !== undefined && { summaryLanguage: args.language }),
        ...(args.items !== undefined && { items: args.items.split(",") }),
      });
      out.result(opened, opened.number);
    }),
});

const show = defineCommand({
  meta: {
    name: "show",
    description: "a case and what lies in it",
    example: "simpul case show ID-2031-000417 --kind selector",
  },
  args: { ref, kind: { type: "string", description: `only ${recordKinds.join(", ")}` }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const view = await door.call<CaseView>("GET", at(args.ref));
      out.result(view, `${headLine(view)}\n${view.summary}`.trimEnd());
      const { records } = await door.call<{ records: Partial<Records> }>(
        "GET",
        withQuery(`${at(args.ref)}/records`, { kinds: args.kind }),
      );
      for (const one of Object.values(records).flat()) out.result(one, recordLine(one));
    }),
});

/** What a record has unless it is said: a task is for her own desk, a note is in her language. */
async function usual(door: Client, kind: RecordKind): Promise<Record<string, string>> {
  if (kind !== "task" && kind !== "note") return {};
  const { officer, language } = await door.call<SessionView>("GET", "/api/access/session");
  return kind === "task" ? { desk: officer.desk.id } : { language };
}

const add = defineCommand({
  meta: {
    name: "add",
    description: "add a record; its fields as words: FIELD=TEXT, or FIELD:=JSON",
    example: "simpul case add ID-2031-000417 task title='EXERCISE: ask the hotline' due=2031-04-30",
  },
  args: {
    ref,
    kind,
    grade: { type: "string", description: "4x4, e.g. B3; not evaluated unless given" },
    handling: { type: "string", description: "H0, or of H1,H2,H3; H1,H2 unless given" },
    terms: { type: "string", description: "the words of H3" },
    from: { type: "string", description: "where it comes from, in words" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const kind = parseKind(args.kind);
      const record = await door.call<{ id: string }>("POST", `${at(args.ref)}/records/${kind}`, {
        fields: { ...(await usual(door, kind)), ...fieldsOf(args._.slice(2)) },
        ...(args.grade !== undefined && { evaluation: grade(Evaluation.parse(args.grade)) }),
        ...(args.handling !== undefined && {
          handling: Handling.parse({
            codes: args.handling.split(",") as HandlingCode[],
            ...(args.terms !== undefined && { text: args.terms }),
          }),
        }),
        ...(args.from !== undefined && { source: { kind: "officer", says: args.from } }),
      });
      out.result(record, record.id);
    }),
});

const edit = defineCommand({
  meta: {
    name: "edit",
    description: "change fields, as words: FIELD=TEXT; who wrote meanwhile is not overwritten",
    example: "simpul case edit ID-2031-000417 subject 01890000-0000-7000-8000-000000000001 note='EXERCISE'",
  },
  args: {
    ref,
    kind,
    record: { type: "positional", required: true, description: "record" },
    read: { type: "string", default: "1", description: "the version that you read" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      for (const [field, value] of Object.entries(fieldsOf(args._.slice(3)))) {
        const done = await door.call<{ standing: Edit["standing"] }>(
          "PATCH",
          `${at(args.ref)}/records/${parseKind(args.kind)}/${args.record}`,
          { field, value, read: Number(args.read) },
        );
        out.result({ field, ...done }, `${field}\t${done.standing}`);
      }
    }),
});

const team = defineCommand({
  meta: {
    name: "team",
    description: "take a colleague into the team, or end her part with --end",
    example: "simpul case team ID-2031-000417 01890000-0000-7000-8000-000000000002 --role analyst",
  },
  args: {
    ref,
    officer: { type: "positional", required: true, description: "officer, by id" },
    role: { type: "string", default: "investigator", description: teamRoles.join(", ") },
    end: { type: "boolean", description: "she leaves the team" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const { officer, role } = args;
      const left = args.end === true;
      if (left) await door.call("DELETE", `${at(args.ref)}/team/${officer}`);
      else await door.call("POST", `${at(args.ref)}/team`, { officer, role });
      out.result({ officer, role: left ? null : role }, `${officer}\t${left ? "left" : role}`);
    }),
});

const state = defineCommand({
  meta: {
    name: "state",
    description: "open, suspend or close a case",
    example: "simpul case state ID-2031-000417 closed --reason charged",
  },
  args: {
    ref,
    state: { type: "positional", required: true, description: "open, suspended, closed" },
    reason: { type: "string", description: "code; needed to suspend and to close" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const { state: to, reason } = args;
      await door.call("POST", `${at(args.ref)}/state`, {
        state: to,
        ...(reason !== undefined && { reason }),
      });
      out.result({ state: to }, to);
    }),
});

const emergency = defineCommand({
  meta: {
    name: "emergency",
    description: "open a case that you do not see, for some hours; its owner and oversight are told",
    example:
      'simpul case emergency ID-2031-000417 --reason "A worker called: violence tonight, her unit is away"',
  },
  args: { ref, reason: { type: "string", required: true, description: "why it cannot wait" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const opened = await door.call<{ number: string; until: string }>("POST", "/api/cases/emergencies", {
        number: args.ref,
        reason: args.reason,
      });
      out.result(opened, `${opened.number}\t${opened.until}`);
    }),
});

const activity = defineCommand({
  meta: {
    name: "activity",
    description: "who did and read what, newest first",
    example: "simpul case activity ID-2031-000417 --reads",
  },
  args: { ref, reads: { type: "boolean", description: "reads too" }, json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const path = withQuery(`${at(args.ref)}/activity`, { reads: args.reads === true ? "true" : null });
      const { activity: lines } = await door.call<{ activity: Activity[] }>("GET", path);
      for (const one of lines) out.result(one, activityLine(one));
    }),
});

const codes = defineCommand({
  meta: { name: "codes", description: "the code lists in force", example: "simpul case codes --json" },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const lists = await door.call<object>("GET", "/api/cases/codes");
      out.result(lists, JSON.stringify(lists, null, 2));
    }),
});

export const caseCommand = defineCommand({
  meta: { name: "case", description: "one case: open, show, add, edit, team, state, activity" },
  subCommands: { open, show, add, edit, team, state, emergency, activity, codes },
});
