// For tests: invented officers of one state, and a cases room on a store of its own.
import { Id } from "@simpul/model";
import type { NodeCode, Officer, Role } from "@simpul/model";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import type { Standing, Store } from "@simpul/store";
import { systemClock, systemRandom } from "@simpul/store/keys";
import { readCodes } from "./codes.ts";
import type { FindingsOfItems } from "./contract.ts";
import type { CasesNode } from "./node.ts";

export const newId = (): Id => Id.make({ clock: systemClock, random: systemRandom });

const cyber = { agency: newId(), agencyKind: "cyber-crime" } as const;
const criminal = { agency: newId(), agencyKind: "police" } as const;
export const desks = { online: newId(), money: newId(), people: newId() };

const officer = (
  of: { agency: Id; agencyKind: Officer["agencyKind"] },
  desk: Id,
  ...roles: Role[]
): Officer => ({ kind: "officer", id: newId(), node: "id" as NodeCode, ...of, desk, roles, provenAt: null });

/** Sari leads; Bayu sits beside her; Rina supervises their desk; Dewi is of another agency; Agus administers. */
export const officers = {
  sari: officer(cyber, desks.online, "investigator"),
  bayu: officer(cyber, desks.online, "investigator"),
  rina: officer(cyber, desks.online, "supervisor"),
  joko: officer(cyber, desks.money, "analyst"),
  dewi: officer(criminal, desks.people, "investigator"),
  agus: officer(cyber, desks.online, "administrator"),
  lestari: officer(criminal, desks.people, "caseworker"),
} as const;

export const as = (who: Officer): Standing => ({ actor: who, purpose: "crime-investigation" });
export const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };

/** A cases room over `store`; `woken` collects what it told to open pages. */
export function casesRoom(store: Store, findings?: FindingsOfItems): CasesNode & { woken: string[] } {
  const woken: string[] = [];
  return {
    code: "id" as NodeCode,
    store,
    policy: loadPolicy(cedar),
    clock: systemClock,
    codes: readCodes(),
    wake: (topic) => woken.push(topic),
    woken,
    ...(findings === undefined ? {} : { findings }),
  };
}
