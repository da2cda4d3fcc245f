// Opens the victim desk of a nation of the stage in one call, as its officer does with her passphrase.
import type { SessionView } from "@simpul/features/access/contract.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import type { AtDesk, Compartment, OpenDesk } from "@simpul/features/victims/contract.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import { exercisePassphrase } from "@simpul/features/victims/opening.ts";
import { accessNode, victimsNode } from "@simpul/server";
import type { Nation, Person } from "./nations.ts";

export interface VictimDesk {
  person: Person;
  who: AtDesk;
  room: VictimsNode;
  compartment: Compartment;
  /** As it stands now: what came since is taken in. */
  desk(): Promise<OpenDesk>;
}

/** `officer` is of the victim desk: `maya` or `lestari` in Indonesia, `sreypov`, `thida`, `marites`, `corazon`. */
export async function openVictimDesk(
  nation: Pick<Nation, "node" | "web" | "as">,
  officer: string,
): Promise<VictimDesk> {
  const person = await nation.as(officer);
  await person.must("PATCH", "/api/access/session", { purpose: "victim-assistance" });
  await person.must("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
  const { id, node, officer: her, purpose } = await person.must<SessionView>("GET", "/api/access/session");
  const who: AtDesk = {
    session: id,
    purpose,
    officer: {
      ...{ kind: "officer", id: her.id, node: node.code, roles: her.roles, provenAt: null },
      ...{ agency: her.agency.id, agencyKind: her.agency.kind, desk: her.desk.id },
    },
  };
  const room = victimsNode(nation.node, accessNode(nation.node, nation.web.address));
  const compartment = compartmentOf(room);
  return { person, who, room, compartment, desk: () => compartment.open(who) };
}
