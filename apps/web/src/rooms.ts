// The rooms of this node's pages, by hand; the frame orders them and shows those that the officer may enter.
import type { Room } from "@simpul/doors/web";
import { accessRoom } from "@simpul/features/access/page.tsx";
import { actorsRoom } from "@simpul/features/actors/page.tsx";
import { adsRoom, departureRoom, feedsRoom } from "@simpul/features/ads/page.tsx";
import { assistanceRoom } from "@simpul/features/assistance/page.tsx";
import { borderRoom, purposesRoom } from "@simpul/features/border/page.tsx";
import { coordinationRoom } from "@simpul/features/coordination/page.tsx";
import { casesRoom, emergencyRoom } from "@simpul/features/cases/page.tsx";
import { chargesRoom } from "@simpul/features/charges/page.tsx";
import { checksRoom } from "@simpul/features/checks/page.tsx";
import { callsRoom, distressRoom, toldRoom } from "@simpul/features/distress/page.tsx";
import { evidenceRoom } from "@simpul/features/evidence/page.tsx";
import { exercisesRoom } from "@simpul/features/exercises/page.tsx";
import { fieldRoom } from "@simpul/features/field/page.tsx";
import { followUpRoom } from "@simpul/features/follow-up/page.tsx";
import { handOversRoom } from "@simpul/features/hand-overs/page.tsx";
import { inboxRoom } from "@simpul/features/inbox/page.tsx";
import { jointRoom } from "@simpul/features/joint/page.tsx";
import { lettersRoom } from "@simpul/features/letters/page.tsx";
import { exclusionsRoom } from "@simpul/features/exclusions/page.tsx";
import { freezesRoom, oversightRoom } from "@simpul/features/oversight/page.tsx";
import { pictureRoom } from "@simpul/features/picture/page.tsx";
import { offencesRoom } from "@simpul/features/offences/page.tsx";
import { operationsRoom } from "@simpul/features/operations/page.tsx";
import { peersRoom } from "@simpul/features/peers/page.tsx";
import { recallsRoom } from "@simpul/features/recalls/page.tsx";
import { overridesRoom, requestsRoom, rosterRoom } from "@simpul/features/requests/page.tsx";
import { screeningRoom } from "@simpul/features/screening/page.tsx";
import { referralsRoom } from "@simpul/features/referrals/page.tsx";
import { standardsRoom } from "@simpul/features/standards/page.tsx";
import { subjectAccessRoom } from "@simpul/features/subject-access/page.tsx";
import { accountFreezesRoom, targetsRoom } from "@simpul/features/targets/page.tsx";
import { reviewsRoom } from "@simpul/features/reviews/page.tsx";
import { watchListsRoom } from "@simpul/features/watch-lists/page.tsx";
import { releasedRoom, victimsRoom } from "@simpul/features/victims/page.tsx";
import { surgeRoom } from "@simpul/features/surge/page.tsx";
import { returnsRoom } from "@simpul/features/returns/page.tsx";
import { retentionRoom } from "@simpul/features/retention/page.tsx";

export const rooms: readonly Room[] = [
  inboxRoom,
  checksRoom,
  borderRoom,
  purposesRoom,
  watchListsRoom,
  casesRoom,
  emergencyRoom,
  evidenceRoom,
  distressRoom,
  callsRoom,
  toldRoom,
  standardsRoom,
  requestsRoom,
  rosterRoom,
  overridesRoom,
  assistanceRoom,
  handOversRoom,
  jointRoom,
  coordinationRoom,
  exercisesRoom,
  retentionRoom,
  operationsRoom,
  screeningRoom,
  surgeRoom,
  fieldRoom,
  recallsRoom,
  referralsRoom,
  returnsRoom,
  lettersRoom,
  victimsRoom,
  releasedRoom,
  reviewsRoom,
  adsRoom,
  feedsRoom,
  departureRoom,
  actorsRoom,
  targetsRoom,
  accountFreezesRoom,
  chargesRoom,
  offencesRoom,
  pictureRoom,
  followUpRoom,
  oversightRoom,
  freezesRoom,
  exclusionsRoom,
  subjectAccessRoom,
  peersRoom,
  accessRoom,
];
