// Officers and records as Cedar entities; written out in full, so that no schema is needed to read them.
import type { CedarValueJson, EntityJson, TypeAndId } from "@cedar-policy/cedar-wasm/nodejs";
import type { Id, Officer } from "@simpul/model";
import type { CaseFacts, RecordFacts, RequestFacts, Terms } from "./records.ts";
import { entityTypes } from "./schema.ts";

export const uid = (type: string, id: string): TypeAndId => ({ type: `Simpul::${type}`, id });
const ref = (type: string, id: string): CedarValueJson => ({ __entity: uid(type, id) });
const officers = (ids: readonly Id[]): CedarValueJson => ids.map((id) => ref("Officer", id));

export function officerEntity(officer: Officer): EntityJson {
  return {
    uid: uid("Officer", officer.id),
    attrs: {
      agency: ref("Agency", officer.agency),
      agencyKind: officer.agencyKind,
      desk: ref("Desk", officer.desk),
      roles: [...officer.roles],
    },
    parents: [],
  };
}

const terms = (of: Terms): CedarValueJson => ({
  codes: [...of.codes],
  foreign: of.foreign,
  permitted: [...of.permitted],
});

function caseEntity(of: CaseFacts): EntityJson {
  return {
    uid: uid("Case", of.id),
    attrs: {
      agency: ref("Agency", of.agency),
      desk: ref("Desk", of.desk),
      covert: of.covert,
      closed: of.closed ?? false,
      team: officers(of.team),
      leads: officers(of.leads ?? []),
      opened: officers(of.opened ?? []),
      ...(of.terms === undefined ? {} : { terms: terms(of.terms) }),
    },
    parents: [],
  };
}

function requestEntities(of: RequestFacts): EntityJson[] {
  const request: EntityJson = {
    uid: uid("Request", of.id),
    attrs: {
      outgoing: of.direction === "outgoing",
      ...(of.desk === null ? {} : { desk: ref("Desk", of.desk) }),
      ...(of.agency === null ? {} : { agency: ref("Agency", of.agency) }),
      ...(of.author === null ? {} : { author: ref("Officer", of.author) }),
      ...(of.case === null ? {} : { case: ref("Case", of.case.id) }),
    },
    parents: [],
  };
  return of.case === null ? [request] : [request, caseEntity(of.case)];
}

export const recordUid = (record: RecordFacts): TypeAndId => uid(entityTypes[record.kind], record.id);

/** The record and what it leans on (an item's case, a release's request). */
export function recordEntities(record: RecordFacts): EntityJson[] {
  switch (record.kind) {
    case "case":
      return [caseEntity(record)];
    case "request":
      return requestEntities(record);
    case "desk":
      return [{ uid: recordUid(record), attrs: { agency: ref("Agency", record.agency) }, parents: [] }];
    case "node":
      return [];
    case "belonging":
      return [{ uid: recordUid(record), attrs: { owner: ref("Officer", record.owner) }, parents: [] }];
    case "order":
      return [
        {
          uid: recordUid(record),
          attrs: record.author === null ? {} : { author: ref("Officer", record.author) },
          parents: [],
        },
      ];
    case "space":
      return [
        {
          uid: recordUid(record),
          attrs: {
            open: record.open,
            members: officers(record.members),
            contributors: officers(record.contributors),
          },
          parents: [],
        },
      ];
    case "release":
      return [
        {
          uid: recordUid(record),
          attrs: {
            request: ref("Request", record.request.id),
            author: ref("Officer", record.author),
            terms: terms(record.terms),
          },
          parents: [],
        },
        ...requestEntities(record.request),
      ];
    case "item":
      return [
        {
          uid: recordUid(record),
          attrs: {
            agency: ref("Agency", record.agency),
            desk: ref("Desk", record.desk),
            ...(record.takenInBy === null ? {} : { takenInBy: ref("Officer", record.takenInBy) }),
            ...(record.case === null ? {} : { case: ref("Case", record.case.id) }),
            ...(record.terms === undefined ? {} : { terms: terms(record.terms) }),
          },
          parents: [],
        },
        ...(record.case === null ? [] : [caseEntity(record.case)]),
      ];
  }
}
