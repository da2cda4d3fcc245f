// The world in which rights are tried: one of each record in an ordinary and in a hidden case, one request that came in,
// and an officer for every role at every place.
import { createOfficer, placeOfficer } from "../../features/access/people.ts";
import { answer, arrival, ask, draft } from "../../features/requests/testing.ts";
import { roles, type Id, type NodeCode, type Officer, type Purpose, type Role } from "@simpul/model";
import { purposesFor, rolesUnder } from "../../packages/policy/index.ts";
import type { Act, CaseFacts, RecordFacts, ReleaseFacts, RequestFacts } from "../../packages/policy/index.ts";
import { nations, type Nation } from "../nations.ts";
import { accessNode } from "../../apps/server/access.ts";
import { isAsked, type Of } from "./rights-rule.ts";
import { rooms } from "./worlds/index.ts";
import { canaries, hide, live, stage, type Made, type Player, type Stage } from "./stage.ts";

/** A record with what the policy must know of it, and the words that only those who see its case may read. */
export interface Target {
  name: string;
  /** For each kind of record that acts on it are about; the node's own always count too. */
  facts: readonly RecordFacts[];
  /** What decides whether she may know that it is there, an act or the room's own word; null: everybody may. */
  seen: { act: Act; facts: RecordFacts } | ((actor: Actor) => boolean) | null;
  of: Of;
}

export interface Actor {
  name: string;
  player: Player;
  officer: Officer;
  purpose: Purpose;
}

export interface World {
  at: Stage;
  /** A word of the hidden case, for searches. */
  secret: string;
  agency: Id;
  desk: Id;
  /** An officer who does nothing, for teams and administrators. */
  spare: Id;
  cases: readonly { facts: CaseFacts; words: readonly string[] }[];
  targets: Readonly<Record<string, readonly Target[]>>;
  actors: readonly Actor[];
  selectorOf(of: string): string;
  draft(number: string): unknown;
  answer(): unknown;
}

export interface Standing {
  officer: { id: Id; desk: { id: Id }; agency: { id: Id; kind: Officer["agencyKind"] } };
  provenAt: string | null;
}

/** A case of the world as a room finds it: what was made in it, who leads it, and what the policy knows of it. */
export interface Told {
  name: "ordinary" | "hidden";
  of: Made;
  /** Key of its lead. */
  by: "sari" | "rina";
  facts: CaseFacts;
}

/** What a room puts its records on: two nodes, two cases, and where the officers of the world sit. */
export interface Ground {
  at: Stage;
  id: Nation;
  kh: Nation;
  cases: readonly [ordinary: Told, hidden: Told];
  places: Readonly<Record<"cyber" | "police" | "liaison", Standing>>;
  /** Observers in both cases, one of each role. */
  team: readonly Id[];
  /** An officer who does nothing. */
  spare: Id;
}

/** Puts one of each of its records in both cases, or beside them; by the name that rules give them. */
export type Room = (ground: Ground) => Promise<Readonly<Record<string, readonly Target[]>>>;

/** The node itself, for acts that are about no single record. */
export const nodeFacts = { kind: "node", id: "id" as NodeCode } as const;

const system = { actor: { kind: "job", name: "attack" }, purpose: "administration" } as const;

export async function world(): Promise<World> {
  const { id, kh } = await nations("id", "kh");
  const at = await stage(id);
  const access = accessNode(id.node, at.address);
  const standingOf = async (key: string) =>
    at.must<Standing>(await at.signIn(key), "GET", "/api/access/session");
  const [sari, rina, agus] = [await standingOf("sari"), await standingOf("rina"), await standingOf("agus")];
  const ordinary = await live(at);
  const hidden = await hide(at);

  // Who there is: every role at the desk of the ordinary case, of the hidden one, at the contact point, and on both teams.
  const places = { cyber: sari, police: rina, liaison: agus };
  const made: { id: Id; name: string; role: Role; place: Standing }[] = [];
  for (const role of roles)
    for (const [where, place] of [...Object.entries(places), ["team", agus] as const]) {
      const name = `${role}-${where}`;
      const officer = await createOfficer(access, system, { name, number: name, language: "en" });
      await placeOfficer(access, system, { officer, desk: place.officer.desk.id, roles: [role] });
      made.push({ id: officer, name, role, place });
    }
  const spare = await createOfficer(access, system, { name: "Spare", number: "spare", language: "en" });
  const spareDesk = sari.officer.desk.id;
  await placeOfficer(access, system, { officer: spare, desk: spareDesk, roles: ["analyst"] });

  const team: Id[] = [];
  for (const one of made.filter(({ name }) => name.endsWith("-team"))) {
    for (const [key, of] of [["sari", ordinary] as const, ["rina", hidden] as const])
      await at.must(await at.signIn(key), "POST", `/api/cases/${of.number}/team`, {
        officer: one.id,
        role: "observer",
      });
    team.push(one.id);
  }
  const factsOf = (of: Made, by: Standing, covert: boolean): CaseFacts => ({
    kind: "case",
    id: of.id as Id,
    agency: by.officer.agency.id,
    desk: by.officer.desk.id,
    covert,
    closed: false,
    team: [by.officer.id, ...team],
    leads: [by.officer.id],
  });
  const cases: Ground["cases"] = [
    { name: "ordinary", of: ordinary, by: "sari", facts: factsOf(ordinary, sari, false) },
    { name: "hidden", of: hidden, by: "rina", facts: factsOf(hidden, rina, true) },
  ];
  const words = { ordinary: ["tawaran kerja palsu", "Taman Morokot"], hidden: Object.values(canaries) };

  const targets = {
    case: [] as Target[],
    item: [] as Target[],
    check: [] as Target[],
    outgoing: [] as Target[],
    incoming: [] as Target[],
    answer: [] as Target[],
    node: [] as Target[],
  };
  for (const { name, of, by, facts } of cases) {
    const who = await at.signIn(by);
    const head = { id: of.id, number: of.number };
    const note = of.records[3]!;
    const seen = { act: "case.view", facts } as const;
    targets.case.push({
      name: `${name} case`,
      facts: [facts],
      seen,
      of: { case: head, ids: { ref: of.number, kind: "note", id: note, officer: spare } },
    });

    const { findings } = await at.must<{ findings: { id: string }[] }>(
      who,
      "GET",
      `/api/evidence/items/${of.item}/findings`,
    );
    const item = { kind: "item", id: of.item as Id, agency: facts.agency, desk: facts.desk } as const;
    const itemFacts = { ...item, takenInBy: facts.leads![0]!, case: facts };
    const finding = findings[0]!.id;
    targets.item.push({
      name: `${name} item`,
      facts: [itemFacts],
      seen: { act: "evidence.view", facts: itemFacts },
      of: { case: head, ids: { item: of.item, finding, segment: "0", act: note } },
    });

    const check = await at.must<{ id: string }>(who, "POST", "/api/checks", {
      case: of.number,
      selectors: [of.records[1]],
      states: ["kh"],
      offence: "trafficking-forced-criminality",
      legalBasis: "untoc-27",
    });
    targets.check.push({
      name: `${name} check`,
      facts: [facts],
      seen,
      of: { case: head, ids: { id: check.id } },
    });

    const drafted = await at.must<{ id: string }>(who, "POST", "/api/requests", draft(of.number, ["kh"]));
    const request: RequestFacts = {
      kind: "request",
      id: drafted.id as Id,
      direction: "outgoing",
      desk: facts.desk,
      agency: facts.agency,
      author: facts.leads![0]!,
      case: facts,
    };
    targets.outgoing.push({
      name: `${name} request`,
      facts: [request, facts],
      seen: { act: "request.view", facts: request },
      of: { case: head, ids: { id: drafted.id } },
    });
  }

  // What came in from Cambodia, worked on by the cyber desk: an answer waits for its release.
  const [dara, sophea, khLiaison] = [await kh.as("dara"), await kh.as("sophea"), await id.as("agus")];
  const theirs = await dara.must<{ number: string }>("POST", "/api/cases", {
    title: "EXERCISE",
    crimeType: "trafficking-forced-criminality",
  });
  await ask(dara, sophea, draft(theirs.number, ["id"]));
  const came = await arrival(khLiaison);
  await khLiaison.must("POST", `/api/requests/${came}/assign`, { desk: sari.officer.desk.id });
  const author = await id.as("sari");
  await author.must("PUT", `/api/requests/${came}/answer`, answer());
  await author.must("POST", `/api/requests/${came}/answer/submit`);
  const view = await author.must<{ answer: { id: Id } }>("GET", `/api/requests/${came}`);
  const incoming: RequestFacts = {
    kind: "request",
    id: came as Id,
    direction: "incoming",
    desk: sari.officer.desk.id,
    agency: sari.officer.agency.id,
    author: null,
    case: null,
  };
  const release: ReleaseFacts = {
    kind: "release",
    id: view.answer.id,
    request: incoming,
    author: sari.officer.id,
    terms: { codes: ["H1", "H2"], foreign: false, permitted: [] },
  };
  const at0 = { case: { id: ordinary.id, number: ordinary.number }, ids: { id: came } };
  const seen = { act: "request.view", facts: incoming } as const;
  targets.incoming.push({ name: "incoming request", facts: [incoming], seen, of: at0 });
  targets.answer.push({ name: "written answer", facts: [release, incoming], seen, of: at0 });

  const { entries } = await at.must<{ entries: { id: string }[] }>(
    await at.signIn("hendra"),
    "GET",
    "/api/oversight/log?log=main&limit=1",
  );
  targets.node.push({
    name: "node",
    facts: [nodeFacts],
    seen: null,
    of: {
      case: at0.case,
      ids: { id: spare, desk: spareDesk, code: "kh", node: "kh", log: "main", entry: entries[0]!.id },
    },
  });

  const ground: Ground = { at, id, kh, cases, places, team, spare };
  const own: Record<string, readonly Target[]> = {};
  for (const [name, room] of Object.entries(rooms)) if (isAsked(name)) Object.assign(own, await room(ground));

  const actors: Actor[] = [];
  for (const { id: who, name, role, place } of made)
    for (const purpose of purposesFor({ roles: [role], agencyKind: place.officer.agency.kind })) {
      const player = await at.signIn(name);
      await at.must(player, "PATCH", "/api/access/session", { purpose });
      const { provenAt } = await at.must<Standing>(player, "GET", "/api/access/session");
      actors.push({
        name: `${name} for ${purpose}`,
        player,
        purpose,
        officer: {
          kind: "officer",
          id: who,
          node: "id" as NodeCode,
          agency: place.officer.agency.id,
          agencyKind: place.officer.agency.kind,
          desk: place.officer.desk.id,
          roles: rolesUnder(purpose, [role], place.officer.agency.kind),
          provenAt: provenAt === null ? null : Math.floor(Date.parse(provenAt) / 1000),
        },
      });
    }
  return {
    at,
    secret: canaries.title,
    agency: sari.officer.agency.id,
    desk: spareDesk,
    spare,
    cases: cases.map(({ name, facts }) => ({ facts, words: words[name] })),
    targets: { ...targets, ...own },
    actors,
    selectorOf: (of) => cases.find((one) => one.of.id === of)?.of.records[1] ?? of,
    draft: (number) => draft(number, ["kh"]),
    answer,
  };
}
