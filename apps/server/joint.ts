// The room of joint spaces: what it is given of cases, evidence, requests, access and the exchange.
import { peerStandings } from "@simpul/exchange";
import { posts } from "@simpul/features/access/directory.ts";
import { holdTerms } from "@simpul/features/joint/called-back.ts";
import { jointInbox } from "@simpul/features/joint/inbox.ts";
import { windDown } from "@simpul/features/joint/ending.ts";
import type { JointNode, RecordsForSpaces } from "@simpul/features/joint/node.ts";
import { jointPart } from "@simpul/features/joint/peer.ts";
import { jointRoutes } from "@simpul/features/joint/routes.ts";
import { jointJobs, sendWhatWaits } from "@simpul/features/joint/send.ts";
import type { SharedRecord } from "@simpul/features/requests/contract.ts";
import { closingKinds } from "@simpul/features/recalls/contract.ts";
import { choices, gather } from "@simpul/features/requests/gather.ts";
import { holds, versionOf } from "@simpul/features/requests/grants.ts";
import { stopsOf } from "@simpul/features/requests/held.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { stopsOnward } from "@simpul/features/requests/rules.ts";
import { sharedRecord } from "@simpul/features/requests/shapes.ts";
import { aboutOf, titleOf } from "@simpul/features/requests/titles.ts";
import type { NodeCode } from "@simpul/model";
import { jointRefusals } from "@simpul/features/joint/contract.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

/** For putting something into a space the purpose on the wire is the one of working with other states. */
const purpose = "mutual-assistance";

export function recordsForSpaces(requests: RequestsNode): RecordsForSpaces {
  return {
    async choices(db, { case: ref, to }) {
      const found = await choices(requests, db, { case: ref, to, purpose });
      const { head } = await requests.cases.recordsOf(db, ref, []);
      const files = new Map(
        (await requests.items.itemsOf(db, { case: head.id })).map((one) => [one.id, one]),
      );
      return {
        records: found.records,
        items: found.items.flatMap((one) => {
          const file = files.get(one.id);
          return file === undefined ? [] : [{ ...one, sealedAt: file.sealedAt, method: file.method }];
        }),
      };
    },
    async gather(db, ask) {
      if (ask.case === null) return { case: null, records: [], items: [] };
      const { head } = await requests.cases.recordsOf(db, ask.case, []);
      const { records, items } = await gather(requests, db, ask);
      const files = await requests.items.itemsOf(db, { ids: items.map((one) => one.id) });
      return {
        case: head.id,
        records,
        items: items.flatMap((one) => {
          const file = files.find((each) => each.id === one.id);
          return file === undefined ? [] : [{ ...one, sealedAt: file.sealedAt, method: file.method }];
        }),
      };
    },
    async calledBack(db, shared) {
      const list =
        shared.length === 0
          ? []
          : await requests.recalls.among(
              db,
              shared.map((one) => one.id),
            );
      return new Set(
        list.flatMap((one) => {
          const thing = shared.find((each) => each.id === one.record);
          if (thing === undefined || ("digest" in thing ? thing.digest : thing.version) !== one.version)
            return [];
          const looser =
            one.kind === "restrict" &&
            JSON.stringify(one.handling?.codes) !== JSON.stringify(thing.handling.codes);
          return closingKinds.includes(one.kind) || looser ? [one.record] : [];
        }),
      );
    },
    stops: (db, shared, to) => stopsOf(requests, db, shared, to, purpose),
    async givenBy(from, thing) {
      const { code, clock } = requests;
      if (thing.originator === from || thing.originator === code) return true;
      const version = "digest" in thing ? thing.digest : thing.version;
      const signed = await Promise.all(
        thing.grants.map(async (one) => ((await holds(requests, one)) ? [one] : [])),
      );
      const grants = signed
        .flat()
        .filter((one) => one.record === thing.id && one.originator === thing.originator);
      const { id, originator, handling } = thing;
      const held = { id, originator, version, handling, grants };
      return stopsOnward(held, [code], purpose, { code: from, now: clock.now() }) === null;
    },
    read(value) {
      const found = sharedRecord.safeParse(value);
      return found.success && versionOf(found.data) === found.data.version ? found.data : null;
    },
    titleOf: (record: SharedRecord) => ({
      title: titleOf(record),
      about: aboutOf(record.kind, record.fields),
    }),
  };
}

export function jointNode(node: Node, requests: RequestsNode): JointNode {
  const { code, store, clock, policy, proofs, directory, cases, peers, keysOf, wake, send, offences } =
    requests;
  return {
    ...{ code, store, clock, policy, proofs, directory, peers, keysOf, wake, send, offences },
    papers,
    exercise: node.exercise,
    signer: node.keys.signer,
    records: recordsForSpaces(requests),
    caseHead: (db, id) => cases.head(db, id),
    async lines() {
      const all = await peerStandings(store);
      return all.map((one) => {
        const away = one.state !== "confirmed" || one.health !== "up";
        const since = away ? (one.heardAt ?? one.healthSince) : null;
        return { node: one.node as NodeCode, away, since: since?.toISOString() ?? null };
      });
    },
    async officeOf(officer) {
      const post = (await posts(store).all()).posts.find((one) => one.officer === officer);
      const desk = post === undefined ? undefined : (await directory.desks([post.desk])).get(post.desk);
      return desk?.agency.nameLatin ?? desk?.agency.name ?? "";
    },
  };
}

export const jointRoom = (joint: JointNode): Room => ({
  doors: [["/api/joint", jointRoutes(joint, paperWords("joint", "cases", "evidence"))]],
  inbox: [jointInbox(joint)],
  peer: [jointPart(joint)],
  jobs: jointJobs(joint),
  chores: [
    {
      name: "send what waits for parties of joint spaces",
      everySeconds: 20,
      run: () => sendWhatWaits(joint),
    },
    { name: "hold the terms of others in joint spaces", everySeconds: 60, run: () => holdTerms(joint) },
    { name: "wind down joint spaces", everySeconds: 60, run: () => windDown(joint) },
  ],
  refusals: jointRefusals,
});
