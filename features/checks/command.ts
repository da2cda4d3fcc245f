// `simpul check` and `simpul checks`: asking other states at the command line, and reading what they answered.
import { ClientError, exits, json, pages, signedIn, until, withQuery } from "@simpul/doors/cli";
import type { Client, Output } from "@simpul/doors/cli";
import { sharedRoles } from "@simpul/model";
import { defineCommand } from "citty";
import type { Records, Selector } from "../cases/contract.ts";
import type { CheckHead, CheckStart, CheckView } from "./contract.ts";

type CheckPage = { checks: CheckHead[]; next: string | null };
const unusable = (text: string): ClientError => new ClientError("UNUSABLE", text);
const listed = (text: string | undefined): string[] | null =>
  text === undefined
    ? null
    : text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "");

/** The selectors named by id, canonical form or as written; all that may be asked when none is named. */
async function chosen(door: Client, of: string, named: string[] | null): Promise<Selector[]> {
  const { records } = await door.call<{ records: Pick<Records, "selector"> }>(
    "GET",
    `/api/cases/${encodeURIComponent(of)}/records?kinds=selector`,
  );
  const all = records.selector;
  if (named === null) return all.filter((one) => one.valid && sharedRoles.includes(one.role));
  return named.map((name) => {
    const found = all.find((one) => [one.id as string, one.canonical, one.written].includes(name));
    if (found === undefined) throw unusable(`no selector ${name} in ${of}`);
    return found;
  });
}

/** One line per selector and state; gives how the command ends. */
function tell(out: Output, view: CheckView): number {
  for (const { record, type, canonical, results } of view.list)
    for (const { node, result } of results)
      out.result(
        { check: view.id, selector: record, type, canonical, state: node, result },
        [canonical ?? record, node, result].join("\t"),
      );
  for (const { node, state, because } of view.asked)
    if (state !== "answered") out.say(`${node}: ${state}${because === null ? "" : ` (${because})`}`);
  return view.asked.every((one) => one.state === "answered") ? exits.done : exits.refused;
}

/** Waits until no state is being asked any more, or the seconds are over. */
function settled(door: Client, out: Output, id: string, seconds: number): Promise<CheckView> {
  const end = Date.now() + seconds * 1000;
  return until(out, `asking goes on; see: simpul checks --show ${id}`, async (say) => {
    const view = await door.call<CheckView>("GET", `/api/checks/${id}`);
    const waiting = view.asked.filter((one) => one.state === "waiting").map((one) => one.node);
    if (Date.now() >= end || view.state === "proposed" || waiting.length === 0) return view;
    say(`waiting for ${waiting.join(", ")}`);
    return null;
  });
}

export const checkCommand = defineCommand({
  meta: {
    name: "check",
    description: "ask other states whether they know selectors of a case; they do not see which",
    example: "simpul check ID-2031-000417 --states kh,ph --offence online-fraud --basis untoc-27",
  },
  args: {
    case: { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" },
    selectors: { type: "string", description: "values or ids, separated by commas; all that may be asked" },
    states: { type: "string", description: "e.g. kh,ph; all that are connected" },
    offence: { type: "string", description: "a code of the agreed list; what was said last in this case" },
    basis: { type: "string", description: "legal basis: a code of the list, or words; what was said last" },
    wait: { type: "string", default: "30", description: "seconds to wait for answers" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const seconds = Number(args.wait);
      if (!(seconds >= 0 && seconds <= 3600)) throw unusable("--wait takes seconds, at most an hour");
      const start = await door.call<CheckStart>("GET", withQuery("/api/checks/start", { case: args.case }));
      const selectors = await chosen(door, args.case, listed(args.selectors));
      const offence = args.offence ?? start.remembered.offence;
      const basis = start.bases.find((one) => one.code === args.basis)?.text ?? args.basis;
      const legalBasis = basis ?? start.remembered.legalBasis;
      if (selectors.length === 0) throw unusable("no selector of this case may be asked");
      if (offence === null) throw unusable(`--offence: one of ${start.offences.join(", ")}`);
      if (legalBasis === null)
        throw unusable(`--basis: one of ${start.bases.map((one) => one.code).join(", ")}, or words`);
      const made = await door.call<{ id: string; state: string; needs: string[] }>("POST", "/api/checks", {
        case: args.case,
        selectors: selectors.map((one) => one.id),
        states: listed(args.states) ?? start.states,
        offence,
        legalBasis,
      });
      out.say(`check ${made.id}`);
      if (made.state === "proposed") {
        out.say(`A supervisor must agree first: ${made.needs.join(", ")}`);
        return exits.refused;
      }
      return tell(out, await settled(door, out, made.id, seconds));
    }),
});

export const checksCommand = defineCommand({
  meta: {
    name: "checks",
    description: "checks that you see, newest first; --show ID gives the answers of one",
    example: "simpul checks --case ID-2031-000417",
  },
  args: {
    case: { type: "string", description: "only of this case" },
    show: { type: "string", description: "a check's id" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      if (args.show !== undefined)
        return tell(out, await door.call<CheckView>("GET", `/api/checks/${encodeURIComponent(args.show)}`));
      for await (const page of pages<CheckPage>(door, "/api/checks", { case: args.case }))
        for (const one of page.checks) {
          const states = one.states.map(({ node, state }) => `${node} ${state}`).join(", ");
          out.result(
            one,
            [one.id, one.case.number, one.state, `${one.hits}/${one.selectors}`, states].join("\t"),
          );
        }
      return exits.done;
    }),
});
