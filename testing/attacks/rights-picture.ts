// Who may use each route of the region's picture: tried by its own story, for what is let go cannot be made by chance.
import { elsewhere, gated, type Rules } from "./rights-rule.ts";

const story = elsewhere("features/picture/picture.test.ts", "picture.read");
const work = elsewhere("features/picture/picture.test.ts", "picture.work");
/** Its story goes by other doors of the same acts. */
const read = gated("picture.read");
const returned = gated("picture.work");
const at = "/api/picture";

export const pictureRules: Rules = Object.fromEntries(
  [
    ...["", "/figures/{figure}", "/figures/{figure}/file", "/work", "/desk"].map(
      (path) => `GET ${at}${path}`,
    ),
    ...["/count", "/hand-over", "/proposals", "/proposals/{id}/release", "/proposals/{id}/return"].map(
      (path) => `POST ${at}${path}`,
    ),
    ...["/releases/{id}/correct", "/releases/{id}/call-back"].map((path) => `POST ${at}${path}`),
    `DELETE ${at}/drafts/{id}`,
  ].map((route) => [
    route,
    route.endsWith("/file")
      ? read
      : route.endsWith("/return")
        ? returned
        : /^GET .*\/(figures\/\{figure\}|picture)$/.test(route)
          ? story
          : work,
  ]),
);
