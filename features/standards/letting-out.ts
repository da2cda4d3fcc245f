// An export leaves by two officers of the open desk, with recipient and reason; every person's page says to whom she went.
import {
  entriesOf,
  randomId,
  type AtDesk,
  type Entry,
  type OpenDesk,
  type Person,
} from "@simpul/features/victims/contract.ts";
import type { Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import { StandardsError, type ExportView } from "./contract.ts";
import { writeCsv, writeJson } from "./files.ts";
import { writeRecord, type Told } from "./htcds.ts";
import { askedKind, exportedKind, type Asked, type StandardsNode } from "./node.ts";
import { accountOf } from "./taking-in.ts";

/** How long the file can be fetched again by the desk. */
const fetchableMs = 24 * 3_600_000;

/** A person as the standard is told of her, from all that the compartment knows; what she told is not asked again. */
function toldOf(node: Pick<StandardsNode, "controls">, person: Person): Told {
  const account = accountOf(person);
  return {
    facts: person.facts,
    account: { ...account, control: [...new Set([...account.control, ...node.controls(person)])] },
    status: person.statuses.at(-1)?.status ?? "not-screened",
  };
}

interface Found {
  asked: Entry<Asked>;
  first: Person;
  settled: { state: "let-out" | "dropped"; at: string } | null;
}
function exportsIn(desk: OpenDesk): Found[] {
  return [...desk.people()].flatMap((person) =>
    entriesOf(person, askedKind).map((asked) => {
      const said = entriesOf(person, exportedKind).find((one) => one.data.export === asked.data.export);
      return {
        asked,
        first: person,
        settled: said === undefined ? null : { state: said.data.state, at: said.at },
      };
    }),
  );
}
function exportOf(desk: OpenDesk, id: Id): Found {
  const found = exportsIn(desk).find((one) => one.asked.data.export === id);
  if (found === undefined) throw new StandardsError("NOT_FOUND", id);
  return found;
}

/** Throws `NOT_FOUND` for a reference that nobody has. */
export async function askExport(
  node: StandardsNode,
  who: AtDesk,
  ask: { people: readonly string[]; recipient: string; reason: string; format: "json" | "csv" },
): Promise<Id> {
  const desk = await node.compartment.open(who);
  const people = [...new Set(ask.people)].map((reference) => {
    const person = desk.byPseudonym(reference);
    if (person === null) throw new StandardsError("NOT_FOUND", reference);
    return person.id;
  });
  const id = randomId();
  await desk.act(async (tx) => {
    await tx.append(people[0]!, askedKind, { ...ask, export: id, people });
    tx.note("standards.export-asked", {});
  });
  return id;
}

export async function listExports(node: StandardsNode, who: AtDesk): Promise<ExportView[]> {
  const desk = await node.compartment.open(who);
  const found = exportsIn(desk);
  const names = await node.directory.officers(found.flatMap((one) => one.asked.by.officer ?? []));
  const now = node.clock.now();
  return found
    .map(({ asked, settled }): ExportView => {
      const { data } = asked;
      const decision = node.policy.decide({
        ...{ officer: who.officer, purpose: who.purpose, now },
        act: "standards.export",
        record: { kind: "order", id: data.export as Id, author: asked.by.officer },
      });
      const fresh = settled !== null && now.getTime() - Date.parse(settled.at) < fetchableMs;
      return {
        id: data.export as Id,
        askedBy: asked.by.officer === null ? "" : (names.get(asked.by.officer)?.name ?? ""),
        at: asked.at,
        state: settled?.state ?? "asked",
        about: {
          people: data.people.flatMap((one) => desk.person(one as Id)?.pseudonym ?? []),
          ...{ recipient: data.recipient, reason: data.reason, format: data.format },
        },
        may:
          settled === null
            ? [
                ...(decision.allowed || decision.needs === "step-up" ? (["let-out"] as const) : []),
                "drop" as const,
              ]
            : settled.state === "let-out" && fresh
              ? ["fetch"]
              : [],
      };
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

export interface ExportFile {
  name: string;
  text: string;
}
function fileOf(node: StandardsNode, desk: OpenDesk, { asked }: Found): ExportFile {
  const records = asked.data.people.flatMap((id) => {
    const person = desk.person(id as Id);
    return person === null ? [] : [writeRecord(toldOf(node, person))];
  });
  const { format } = asked.data;
  return {
    name: `htcds-${asked.data.export.slice(0, 8)}.${format}`,
    text: format === "json" ? writeJson(records) : writeCsv(records),
  };
}

async function settle(
  node: StandardsNode,
  who: AtDesk,
  id: Id,
  state: "let-out" | "dropped",
): Promise<{ desk: OpenDesk; found: Found }> {
  const desk = await node.compartment.open(who);
  const found = exportOf(desk, id);
  if (found.settled !== null) throw new StandardsError("SETTLED", id);
  const { recipient, reason, people } = found.asked.data;
  await desk.act(async (tx) => {
    if (state === "let-out")
      tx.allowed(
        demand(node.policy, {
          ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
          act: "standards.export",
          record: { kind: "order", id, author: found.asked.by.officer },
          proof: await node.proofs.take(tx, { act: "standards.export", record: id }),
        }),
      );
    for (const person of state === "let-out" ? people : [found.first.id])
      if (desk.person(person as Id) !== null)
        await tx.append(person as Id, exportedKind, { export: id, state, recipient, reason });
    tx.note(state === "let-out" ? "standards.exported" : "standards.export-dropped", {});
  });
  return { desk, found };
}

/** The second officer's word, with her factor; gives the file. Throws `NOT_FOUND`, `DONE`, `Denied`. */
export async function letOut(node: StandardsNode, who: AtDesk, id: Id): Promise<ExportFile> {
  const { desk, found } = await settle(node, who, id, "let-out");
  return fileOf(node, desk, found);
}
export async function dropExport(node: StandardsNode, who: AtDesk, id: Id): Promise<void> {
  await settle(node, who, id, "dropped");
}

/** Once more within a day; noted. */
export async function fetchExport(node: StandardsNode, who: AtDesk, id: Id): Promise<ExportFile> {
  const view = (await listExports(node, who)).find((one) => one.id === id);
  if (view === undefined || !view.may.includes("fetch")) throw new StandardsError("NOT_FOUND", id);
  const desk = await node.compartment.open(who);
  await desk.act((tx) => {
    tx.note("standards.export-fetched", {});
    return Promise.resolve();
  });
  return fileOf(node, desk, exportOf(desk, id));
}
