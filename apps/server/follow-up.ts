// The follow-up: what it is given of the picture, and of the readers of tables and names of states.
import { directory } from "@simpul/features/access/directory.ts";
import { legalGaps } from "@simpul/features/charges/legal-gaps.ts";
import { readSheets } from "@simpul/features/evidence/reading/rows.ts";
import { readDeclaration } from "@simpul/features/follow-up/declaration.ts";
import type { FollowUpNode } from "@simpul/features/follow-up/node.ts";
import { pictureRead } from "@simpul/features/picture/records.ts";
import { stateReader, type StateReader } from "@simpul/features/surge/reading/states.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import type { Compartment } from "@simpul/features/victims/contract.ts";
import type { Policy } from "@simpul/policy";
import { reportRoutes } from "@simpul/features/follow-up/routes-reports.ts";
import { readTemplates } from "@simpul/features/follow-up/reports/templates.ts";
import { writeDue } from "@simpul/features/follow-up/reports/write.ts";
import { followUpRoutes } from "@simpul/features/follow-up/routes.ts";
import { followUpRefusals } from "@simpul/features/follow-up/contract.ts";
import { followUpInbox } from "@simpul/features/follow-up/reports/look.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

/** Names that an officer may read herself: of her cases, and of her desk while it is open. */
export const namesFor =
  (cases: CasesNode, compartment: Compartment): FollowUpNode["namesSheKnows"] =>
  async (db, who) => {
    const known = await casesForOthers(cases).namesOfPersons(db);
    if (who.officer.agencyKind !== "victim-services") return known;
    const desk = await compartment.open(who);
    return [...known, ...[...desk.people()].flatMap(({ facts }) => facts.names.map((one) => one.text))];
  };

let states: StateReader | undefined;
export function followUpNode(
  node: Node,
  policy: Policy,
  namesSheKnows: FollowUpNode["namesSheKnows"],
): FollowUpNode {
  const { code, exercise, store, clock } = node;
  return {
    ...{ code, exercise, store, clock, policy, papers, namesSheKnows, sheets: readSheets },
    directory: directory(store),
    picture: pictureRead,
    gaps: legalGaps,
    declaration: readDeclaration(),
    templates: readTemplates(),
    stateOf: (text) => (states ??= stateReader()).read(text),
    wake: (topic) => store.wakes.wake(topic),
  };
}

export const followUpRoom = (followUp: FollowUpNode): Room => ({
  doors: [
    [
      "/api/follow-up/reports",
      reportRoutes(followUp, paperWords("follow-up", "picture", "cases", "ads", "offences", "charges")),
    ],
    ["/api/follow-up", followUpRoutes(followUp)],
  ],
  inbox: [followUpInbox(followUp)],
  chores: [{ name: "write reports that desks owe", everySeconds: 3600, run: () => writeDue(followUp) }],
  refusals: followUpRefusals,
});
