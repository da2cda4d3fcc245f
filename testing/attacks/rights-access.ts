// Who may use each route of access: what is hers, what administrators manage, what two persons do.
import { act, calledBy, elsewhere, lists, open, own, type Of, type Rule, type Rules } from "./rights-rule.ts";
import type { World } from "./world.ts";

const manage = (body?: (of: Of, world: World) => unknown): Rule =>
  act("node", "access.manage", body === undefined ? {} : { body });

const recovered = (by: string) => calledBy("features/access/recovery.test.ts", by, "access.vouch");
/** Any officer may ask, and only one who was asked by name may answer. */
const seconded = elsewhere("features/requests/life.test.ts");

export const accessRules: Rules = {
  "GET /api/access/door": open,
  "POST /api/access/sign-in/begin": open,
  "POST /api/access/sign-in/finish": open,
  "POST /api/access/enrol/begin": open,
  "POST /api/access/enrol/finish": open,
  "GET /api/access/exercise/officers": open,
  "POST /api/access/exercise/sign-in": open,
  "POST /api/access/device-sign-in": open,
  "POST /api/access/device-sign-in/poll": open,
  "POST /api/access/renew/begin": open,
  "POST /api/access/renew/finish": open,
  "POST /api/access/provider/begin": open,
  "GET /api/access/provider/return": open,
  "POST /api/access/provider/back-channel": open,
  "GET /api/access/session": own,
  "PATCH /api/access/session": own,
  "POST /api/access/printed": own,
  "DELETE /api/access/session": own,
  "PUT /api/access/session/device": own,
  "GET /api/access/belongings": own,
  "DELETE /api/access/sessions/{id}": own,
  "DELETE /api/access/devices/{id}": own,
  "DELETE /api/access/passkeys/{id}": own,
  "POST /api/access/passkeys/begin": own,
  "POST /api/access/passkeys/finish": own,
  "POST /api/access/step-up/begin": own,
  "POST /api/access/step-up/finish": own,
  "POST /api/access/step-up/exercise": own,
  "POST /api/access/step-up/provider": own,
  "GET /api/access/recoveries": lists,
  "GET /api/access/two-persons": lists,
  "GET /api/access/seconds": lists,
  "POST /api/access/seconds": seconded,
  "POST /api/access/seconds/{id}/agree": seconded,
  "POST /api/access/seconds/{id}/drop": seconded,
  "POST /api/access/recoveries": recovered("beginRecovery"),
  "POST /api/access/recoveries/{id}/vouch": recovered("finishRecovery"),
  "POST /api/access/recoveries/{id}/drop": recovered("dropRecovery"),
  "POST /api/access/connect/look-up": own,
  "POST /api/access/connect/answer": own,
  "GET /api/access/colleagues": lists,
  "GET /api/access/desks": lists,
  "POST /api/access/agencies": manage(() => ({ name: "EXERCISE", kind: "police" })),
  "POST /api/access/desks": manage((_, world) => ({ name: "EXERCISE", agency: world.agency })),
  "POST /api/access/officers": manage(() => ({ name: "EXERCISE", number: "straw", language: "id" })),
  "PUT /api/access/officers/{id}/places": manage((_, world) => ({ desk: world.desk, roles: ["analyst"] })),
  "DELETE /api/access/officers/{id}/places/{desk}": manage(),
  "POST /api/access/officers/{id}/invite": manage(),
  "POST /api/access/officers/{id}/leave": manage(),
  "POST /api/access/officers/{id}/end-sessions": manage(),
  "POST /api/access/end-sessions": manage(),
};
