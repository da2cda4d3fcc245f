// For tests: a case put together, let go, and answered, by the story's officers over the real doors of real nodes.
import { casesNode, checksNode, handOversNode, requestsNode } from "@simpul/server";
import type { SessionView } from "../features/access/contract.ts";
import type { CaseView } from "../features/cases/contract.ts";
import { checksForOthers } from "../features/checks/others.ts";
import type { HandOversNode } from "../features/hand-overs/node.ts";
import { prove, until, type Person } from "../features/requests/testing.ts";
import { nations, type Nation } from "./nations.ts";
import type { AskHandOver, HandOverHead, HandOverView } from "../features/hand-overs/contract.ts";

/** The room of a node, for what an officer's doors do not give: a clock of one's own, what another state sends. */
export const roomOf = ({ node }: Nation): HandOversNode => {
  const cases = casesNode(node);
  return handOversNode(node, cases, requestsNode(node, cases, checksForOthers(checksNode(node, cases))));
};

/** Indonesia and Cambodia, with who works on a hand-over at each, and the desk that it goes to. */
export async function twoStates() {
  const { id, kh } = await nations("id", "kh");
  const [rina, agus] = [await id.as("rina"), await id.as("agus")];
  const [sophea, sreymom] = [await kh.as("sophea"), await kh.as("sreymom")];
  const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
  return { id, kh, rina, agus, sophea, sreymom, desk: officer.desk.id };
}

export const caseOf = (who: Person, ref: string) => who.must<CaseView>("GET", `/api/cases/${ref}`);

let counter = 0;
export interface Made {
  id: string;
  number: string;
  suspect: string;
  phone: string;
}
/** A case of hers with a suspect, his phone, a link between them, somebody who may be a victim, and a place under H3. */
export async function newCase(who: Person, title = "EXERCISE: hotel by the river"): Promise<Made> {
  const made = await who.must<{ id: string; number: string }>("POST", "/api/cases", {
    ...{ title, crimeType: "trafficking-forced-criminality" },
  });
  const add = async (kind: string, fields: object, more: object = {}): Promise<string> =>
    (await who.must<{ id: string }>("POST", `/api/cases/${made.number}/records/${kind}`, { fields, ...more }))
      .id;
  const suspect = await add("subject", {
    ...{ kind: "person", role: "suspect", names: [{ text: "Pak Exercise", language: "id" }] },
  });
  const phone = await add("selector", {
    ...{
      type: "phone",
      written: `+62 812-0000-${String(1000 + (counter += 1))}`,
      role: "suspect",
      subject: suspect,
    },
  });
  const victim = await add("subject", { kind: "person", role: "victim" });
  await add("link", { kind: "uses", from: suspect, toKind: "selector", to: phone });
  await add("link", { kind: "pays", from: suspect, toKind: "subject", to: victim });
  await add(
    "place",
    { names: [{ text: "EXERCISE safe house", language: "en" }], kind: "transit", country: "ID" },
    { handling: { codes: ["H3"], text: "EXERCISE: told by a source who must not be named" } },
  );
  return { ...made, suspect, phone };
}

export const asked = (number: string, to: string, more: Partial<AskHandOver> = {}): AskHandOver => ({
  case: number,
  to: to as AskHandOver["to"],
  only: null,
  title: "EXERCISE: ticket payer",
  summary: "EXERCISE: who paid the tickets works from a hotel over there.",
  language: "en",
  reason: "suspects-there",
  reasonText: "",
  legalBasis: "untoc-21",
  legalBasisText: "",
  after: "EXERCISE: you lead; ask Rina here.",
  remains: "EXERCISE: our charge against the recruiter stays open.",
  ...more,
});

export const look = (who: Person, id: string): Promise<HandOverView> =>
  who.must<HandOverView>("GET", `/api/hand-overs/${id}`);

/** Once it stands so; throws with how it stood last. */
export const stands = (who: Person, id: string, ...states: string[]): Promise<HandOverView> =>
  until(
    () => look(who, id),
    (seen) => states.includes(seen.state),
  );

/** Put together by one, let go by another; gives its id, the same on both sides. */
export async function offered(lead: Person, second: Person, what: AskHandOver): Promise<string> {
  const { id } = await lead.must<{ id: string }>("POST", "/api/hand-overs", what);
  await prove(second, "hand-over.approve", id);
  await second.must("POST", `/api/hand-overs/${id}/approve`, {});
  return id;
}

/** Once it came in there. */
export async function cameIn(liaison: Person, id: string): Promise<HandOverView> {
  const list = () => liaison.must<{ handOvers: HandOverHead[] }>("GET", "/api/hand-overs");
  await until(list, ({ handOvers }) => handOvers.some((one) => one.id === id));
  return look(liaison, id);
}

export async function acceptedBy(liaison: Person, id: string, desk: string, lead: string): Promise<void> {
  await prove(liaison, "hand-over.accept", id);
  await liaison.must("POST", `/api/hand-overs/${id}/accept`, {
    ...{ desk, lead, crimeType: "trafficking-forced-criminality", text: "EXERCISE" },
  });
}

export { prove, until };
