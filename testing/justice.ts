// For tests of charges: Indonesia asks about a payer of tickets, and Cambodia gives an item of its own for that case.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Id } from "@simpul/model";
import { typed } from "./typed.ts";
import { signInCommand } from "../features/access/command.ts";
import type { CaseHead } from "../features/cases/contract.ts";
import { takeInCommand } from "../features/evidence/command.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  chosen,
  draft,
  prove,
  recordsOf,
  stands,
  until,
  view,
} from "../features/requests/testing.ts";

interface Person {
  id: string;
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}
interface Nation {
  web: { address: string };
  as(key: string): Promise<Person>;
}
export interface Given {
  ours: CaseHead;
  theirs: CaseHead;
  /** The person of our case who is charged. */
  broker: Id;
  /** The item, under one id on both sides. */
  item: Id;
  /** The request as it arrived there, and here. */
  came: string;
  asked: string;
}

/** `court`: whether Cambodia permits its use in court at once. `home`: a folder for the officer's device. */
export async function givenByCambodia(
  id: Nation,
  kh: Nation,
  { court, home }: { court: boolean; home: string },
): Promise<Given> {
  process.env["SIMPUL_CLI_HOME"] = home;
  const [rina, agus, ratna] = [await id.as("rina"), await id.as("agus"), await id.as("ratna")];
  const [sreymom, sophea, rithy] = [await kh.as("sreymom"), await kh.as("sophea"), await kh.as("rithy")];
  const ours = await caseNamed(rina, "pembayar tiket");
  const theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  await rina.must("POST", `/api/cases/${ours.number}/team`, { officer: ratna.id, role: "prosecutor" });
  const { subject } = await recordsOf(rina, ours.number);
  const broker = subject!.find((one) => one.kind === "person" && one.pseudonym === null)!.id;
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const table = path.join(home, "registration.csv");
  await writeFile(table, "date,name\n2031-02-05,EXERCISE\n");
  const { text: said } = await typed(takeInCommand, [table, "--case", theirs.id, "--json"]);
  const { id: item } = JSON.parse(said) as { id: Id };
  const asked = await ask(rina, agus, draft(ours.number, ["kh"]));
  const came = await arrival(sophea);
  const { officer } = await sreymom.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session");
  await view(sophea, came);
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const grants = { case: true, court, recipients: [] };
  const items = [chosen(item, { link: "", grants })];
  const { id: written } = await sreymom.must<{ id: string }>(
    ...(["PUT", `/api/requests/${came}/answer`] as const),
    answer({ case: theirs.number, items }),
  );
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await stands(rina, asked, "answered");
  type Received = { items: { arrival: { state: string } }[] };
  await until(
    () => rina.must<Received>("GET", `/api/requests/received?case=${ours.number}`),
    (seen) => seen.items[0]?.arrival.state === "sealed",
    60,
  );
  return { ours, theirs, broker, item, came, asked };
}
