// Who may use the routes of exercises: tried by their own story, for a run is of several states.
import { elsewhere, type Rules } from "./rights-rule.ts";

const story = elsewhere("features/exercises/exercises.test.ts");
const at = "/api/exercises";

export const exerciseRules: Rules = Object.fromEntries(
  [
    ...["", "/{id}", "/{id}/hot-wash", "/{id}/paper", "/{id}/steps/{step}/file"].map(
      (path) => `GET ${at}${path}`,
    ),
    ...["", "/{id}/rest", "/{id}/go-on", "/{id}/end", "/{id}/take-over", "/{id}/seen", "/{id}/notes"].map(
      (path) => `POST ${at}${path}`,
    ),
    ...["now", "skip"].map((act) => `POST ${at}/{id}/steps/{step}/${act}`),
  ].map((route) => [route, story]),
);
