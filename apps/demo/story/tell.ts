// Tells a node its part of the exercise, once: its people, then what its desks already know.
import type { Id } from "@simpul/model";
import { createAgency, createDesk, createOfficer, placeOfficer } from "@simpul/features/access/people.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import type { Node } from "@simpul/server";
import { accessNode } from "@simpul/server";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { people } from "./people.ts";

const teller: Standing = { actor: { kind: "job", name: "exercise" }, purpose: "administration" };

/** Does nothing on a node that has agencies already, so that a second start keeps what learners did. */
export async function tellStory(node: Node): Promise<void> {
  const told = await node.store.read(teller, (db) =>
    sql<{ there: boolean }>`select exists (select from simpul.agencies) as there`.execute(db.rows),
  );
  if (told.rows[0]!.there) return;
  await tellPeople(accessNode(node, "http://localhost"), node.code);
}

/** Officers by their short name of the story (it is their service number too). */
export async function tellPeople(
  access: AccessNode,
  code: string,
): Promise<Map<string, { id: Id; desk: Id; agency: Id }>> {
  const officers = new Map<string, { id: Id; desk: Id; agency: Id }>();
  const story = people.find((one) => one.code === code);
  for (const { desks, ...agency } of story?.agencies ?? []) {
    const agencyId = await createAgency(access, teller, { kind: agency.kind, name: agency.name });
    for (const desk of desks) {
      const deskId = await createDesk(access, teller, { agency: agencyId, name: desk.name });
      for (const { key, name, nameLatin, language, roles } of desk.officers) {
        const id = await createOfficer(access, teller, { number: key, name, nameLatin, language });
        await placeOfficer(access, teller, { officer: id, desk: deskId, roles });
        officers.set(key, { id, desk: deskId, agency: agencyId });
      }
    }
  }
  return officers;
}
