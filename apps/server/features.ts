// The rooms of this product, listed by hand: what each is given, and all of them as one.
import type { Acting, Credential } from "@simpul/doors/http";
import { resolveSession, sessionHolds } from "@simpul/features/access/sessions.ts";
import { hitsForAssistance, checksForOthers } from "@simpul/features/checks/others.ts";
import { withHandedOver } from "@simpul/features/hand-overs/others.ts";
import { inboxRefusals } from "@simpul/features/inbox/contract.ts";
import { inboxRoutes } from "@simpul/features/inbox/routes.ts";
import { grantsForItems } from "@simpul/features/requests/held.ts";
import { daysOf } from "@simpul/features/returns/plan.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import type { Id } from "@simpul/model";
import type { Hono } from "hono";
import { accessNode, accessRoom } from "./access.ts";
import { actorsRoom } from "./actors.ts";
import { adsNode, adsRoom, advertForms } from "./ads.ts";
import { assistanceNode, assistanceRoom } from "./assistance.ts";
import { borderRoom } from "./border.ts";
import { casesNode, casesRoom } from "./cases.ts";
import { chargesNode, chargesRoom } from "./charges.ts";
import { checksNode, checksRoom } from "./checks.ts";
import { coordinationRoom } from "./coordination.ts";
import { distressNode, distressRoom, openPageOf } from "./distress.ts";
import { exclusionsRoom } from "./exclusions.ts";
import { exercisesNode, exercisesRoom } from "./exercises.ts";
import { evidenceRoom, exportNode } from "./exporting.ts";
import { fieldNode, fieldRoom } from "./field.ts";
import { followUpNode, followUpRoom, namesFor } from "./follow-up.ts";
import { handOversNode, handOversRoom } from "./hand-overs.ts";
import { jointNode, jointRoom } from "./joint.ts";
import { lettersNode, lettersRoom } from "./letters.ts";
import type { Node } from "./node.ts";
import { operationsNode, operationsRoom } from "./operations.ts";
import { oversightRoom } from "./oversight.ts";
import { peersRoom } from "./peers.ts";
import { pictureNode, pictureRoom } from "./picture.ts";
import { recallsNode, recallsRoom } from "./recalls.ts";
import { referralsNode, referralsRoom } from "./referrals.ts";
import { requestsNode, requestsRoom } from "./requests.ts";
import { retentionNode, retentionRoom } from "./retention.ts";
import { returnsNode, returnsRoom } from "./returns.ts";
import { reviewsNode, reviewsRoom, searchNode, whenDeskOpens } from "./reviews.ts";
import { together, type Room } from "./room.ts";
import { screeningNode, screeningRoom } from "./screening.ts";
import { sightRoom } from "./sight.ts";
import { surgeNode, surgeRoom } from "./surge.ts";
import { targetsNode, targetsRoom } from "./targets.ts";
import { victimsNode, victimsRoom } from "./victims.ts";

export interface Features extends Required<Room> {
  cookie: string;
  resolve(credential: Credential): Promise<Acting | null>;
  /** Whether a session that began a stream goes on. */
  holds(session: Id): Promise<boolean>;
  /** The page for a held person; null where it is off. */
  openPage: Hono | null;
  /** Public forms for adverts. */
  forms: Hono;
}

export function features(node: Node, address: string): Features {
  const access = accessNode(node, address);
  const secure = address.startsWith("https:");
  // Under this prefix a browser takes the cookie from exactly this host, by https only (ASVS 3.3.3).
  const cookie = `${secure ? "__Host-" : ""}simpul_${node.code}`;
  const cases = casesNode(node);
  const { policy } = cases;
  const checks = checksNode(node, cases);
  const requests = requestsNode(node, cases, checksForOthers(checks));
  const recalls = recallsNode(node, requests);
  const joint = jointNode(node, requests);
  const handOvers = handOversNode(node, cases, requests);
  const retention = retentionNode(node, requests, recalls);
  const exporting = exportNode(node, withHandedOver(grantsForItems(requests)));

  const victims = victimsNode(node, access);
  const compartment = compartmentOf(victims);
  const reviews = reviewsNode(node, cases, compartment);
  const assistance = assistanceNode(node, requests, hitsForAssistance(checks), reviews);
  const search = searchNode(node, reviews);
  victims.whenOpened.push(whenDeskOpens(search, node.log));
  const referrals = referralsNode(node, access, victims);
  const returns = returnsNode(node, referrals);
  victims.dueOf.push((person) => daysOf(returns, person));
  const distress = distressNode(node, victims);
  const screening = screeningNode(victims);

  const targets = targetsNode(node, cases, reviews, requests);
  const operations = operationsNode(node, cases, targets, joint);
  // At a node of live work there is nothing of exercises.
  const exercises = node.exercise ? exercisesNode(node, policy, distress) : null;
  const ads = adsNode(node, cases);

  const rooms = together([
    accessRoom(access, { cookie, secure }),
    casesRoom(cases),
    checksRoom(node, checks),
    evidenceRoom(node, exporting, cases),
    requestsRoom(requests),
    lettersRoom(lettersNode(node, requests, recalls, assistance)),
    recallsRoom(recalls),
    assistanceRoom(assistance),
    handOversRoom(handOvers),
    retentionRoom(retention),
    peersRoom(node, policy),
    exclusionsRoom(node, policy),
    oversightRoom(node, policy, exporting),
    sightRoom(node, policy, { checks, assistance, handOvers, requests, recalls, retention }),
    victimsRoom(victims),
    screeningRoom(screening),
    fieldRoom(fieldNode(node, victims, compartment)),
    surgeRoom(surgeNode(node, victims, compartment)),
    reviewsRoom(access, reviews, search),
    referralsRoom(referrals),
    returnsRoom(returns),
    distressRoom(distress, screening),
    jointRoom(joint),
    targetsRoom(targets),
    actorsRoom(node, policy),
    borderRoom(node, policy, checksForOthers(checks)),
    operationsRoom(operations),
    ...(exercises === null ? [] : [exercisesRoom(exercises)]),
    coordinationRoom(node, { joint, operations, exercises }),
    adsRoom(ads),
    chargesRoom(chargesNode(node, cases, reviews, exporting)),
    pictureRoom(pictureNode(node, policy, compartment)),
    followUpRoom(followUpNode(node, policy, namesFor(cases, compartment))),
  ]);
  const inbox = inboxRoutes({
    ...{ store: node.store, policy, clock: node.clock },
    sources: rooms.inbox,
    log: (err, source) => node.log.warn({ err, source }),
  });
  return {
    ...together([rooms, { doors: [["/api/inbox", inbox]], refusals: inboxRefusals }]),
    cookie,
    resolve: (credential) => resolveSession(access, credential),
    holds: (session) => sessionHolds(access, session),
    openPage: openPageOf(node, distress, address),
    forms: advertForms(node, ads, address),
  };
}
