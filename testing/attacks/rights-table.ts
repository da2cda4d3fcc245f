// What each route asks of the policy: the expectation of every route of the interface. A route without a line in one of these
// files fails the test, so whoever adds a route says who may use it.
import { accessRules } from "./rights-access.ts";
import { actorsRules } from "./rights-actors.ts";
import { handOverRules } from "./rights-hand-overs.ts";
import { adsRules } from "./rights-ads.ts";
import { borderRules } from "./rights-border.ts";
import { casesRules } from "./rights-cases.ts";
import { coordinationRights } from "./rights-coordination.ts";
import { evidenceRules } from "./rights-evidence.ts";
import { exerciseRules } from "./rights-exercises.ts";
import { followUpRules } from "./rights-follow-up.ts";
import { jointRights } from "./rights-joint.ts";
import { justiceRules } from "./rights-justice.ts";
import { keepingRules } from "./rights-keeping.ts";
import { letterRules } from "./rights-letters.ts";
import { openRules } from "./rights-open.ts";
import { operationRules } from "./rights-operations.ts";
import { oversightRules } from "./rights-oversight.ts";
import { peersRules } from "./rights-peers.ts";
import { pictureRules } from "./rights-picture.ts";
import { requestsRules } from "./rights-requests.ts";
import { victimRules } from "./rights-victims.ts";
import type { Rules } from "./rights-rule.ts";

export const rules: Rules = {
  ...accessRules,
  ...actorsRules,
  ...adsRules,
  ...handOverRules,
  ...borderRules,
  ...casesRules,
  ...coordinationRights,
  ...evidenceRules,
  ...exerciseRules,
  ...followUpRules,
  ...jointRights,
  ...justiceRules,
  ...keepingRules,
  ...letterRules,
  ...openRules,
  ...operationRules,
  ...oversightRules,
  ...peersRules,
  ...pictureRules,
  ...requestsRules,
  ...victimRules,
};
