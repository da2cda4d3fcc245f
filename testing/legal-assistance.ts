// For tests: the officers of the story at work on mutual legal assistance, over the real doors of two nodes.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { signInCommand } from "../features/access/command.ts";
import { takeInCommand } from "../features/evidence/command.ts";
import { chosen, prove, until } from "../features/requests/testing.ts";
import { typed } from "./typed.ts";
import type { AskStep, AssistanceHead, AssistanceView, Form } from "../features/assistance/contract.ts";

interface Person {
  id: string;
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

const base = "/api/assistance";
export const look = (who: Person, id: string): Promise<AssistanceView> =>
  who.must<AssistanceView>("GET", `${base}/${id}`);

/** The matter as this officer sees it, once it stands so. */
export const standsAt = (who: Person, id: string, state: string): Promise<AssistanceView> =>
  until(
    async () => (await who.ask<AssistanceView>("GET", `${base}/${id}`)).body,
    (seen) => seen.state === state,
  );

export const list = async (who: Person, query = ""): Promise<AssistanceHead[]> =>
  (await who.must<{ assistances: AssistanceHead[] }>("GET", `${base}${query}`)).assistances;

/** Takes a step, with a second factor where it leaves the state. */
export async function step(
  who: Person,
  id: string,
  ask: Partial<AskStep> & Pick<AskStep, "step">,
): Promise<void> {
  if (ask.step === "send") await prove(who, "assistance.send", id);
  if (ask.step === "freeze" || ask.step === "renew") await prove(who, "assistance.freeze", id);
  const way = ask.step === "send" ? { code: "direct" } : {};
  await who.must("POST", `${base}/${id}/steps`, { text: "", ...way, ...ask });
}

export const refused = async (
  who: Person,
  id: string,
  ask: Partial<AskStep> & Pick<AskStep, "step">,
): Promise<string> => {
  const { status, body } = await who.ask<{ error: { code: string } }>("POST", `${base}/${id}/steps`, {
    text: "",
    ...ask,
  });
  return status < 400 ? "" : body.error.code;
};

/** A formal request that says all that Cambodia's rules ask, beside what was copied. */
export const whole = (form: Form, more: Partial<Form> = {}): Form => ({
  ...form,
  office: form.office === "" ? "EXERCISE office" : form.office,
  subject: form.subject === "" ? "EXERCISE: hotel registration" : form.subject,
  competent: "EXERCISE: prosecution service",
  basis: "asean-mlat",
  stage: "investigation",
  matter: "EXERCISE matter 17/2031",
  lawText: "EXERCISE: whoever recruits, transports or harbours a person by fraud for exploitation",
  penalty: "EXERCISE: 3 to 15 years",
  maxYears: 15,
  facts: form.facts === "" ? "EXERCISE: a returned worker was recruited by this number." : form.facts,
  connection: "EXERCISE: the registration names who used the number.",
  sought: "EXERCISE: a certified copy of the registration of 5 February.",
  grounds: "EXERCISE: the hotel keeps it; it was named in your answer.",
  location: "EXERCISE: Phnom Penh",
  confidentialWhy: "EXERCISE: suspects are at large.",
  undertakings: ["use-limit", "return", "reciprocity"],
  language: "en",
  copies: 2,
  certification: "signature-seal",
  special: { holder: "EXERCISE hotel", data: "EXERCISE: guest registration", period: "2031-02" },
  ...more,
});

export async function saves(who: Person, id: string, more: Partial<Form> = {}): Promise<void> {
  const { form, version } = await look(who, id);
  await who.must("PUT", `${base}/${id}`, { form: whole(form, more), version });
}

/** An officer takes in a file at her device, for a case: the id of its item. */
export async function takesIn(
  where: { web: { address: string } },
  officer: string,
  of: string,
  name: string,
): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  try {
    await typed(signInCommand, ["--node", where.web.address, "--as", officer]);
    await writeFile(path.join(home, name), `EXERCISE: ${name}\n`);
    const { text } = await typed(takeInCommand, [path.join(home, name), "--case", of, "--json"]);
    return (JSON.parse(text) as { id: string }).id;
  } finally {
    await rm(home, { recursive: true });
  }
}

/** The item as a formal request attaches it. */
export function attached(item: string): Form["items"][number] {
  const { grants: _grants, ...one } = chosen(item);
  return one;
}
