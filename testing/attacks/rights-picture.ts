// Who may use each route of the region's picture: tried by its own story, for what is let go cannot be made by chance.
import type { Rule } from "./rights-table.ts";

const story: Rule = { kind: "elsewhere", file: "features/picture/picture.test.ts" };
const at = "/api/picture";

export const pictureRules: Readonly<Record<string, Rule>> = Object.fromEntries(
  [
    ...["", "/figures/{figure}", "/figures/{figure}/file", "/work", "/desk"].map(
      (path) => `GET ${at}${path}`,
    ),
    ...["/count", "/hand-over", "/proposals", "/proposals/{id}/release", "/proposals/{id}/return"].map(
      (path) => `POST ${at}${path}`,
    ),
    ...["/releases/{id}/correct", "/releases/{id}/call-back"].map((path) => `POST ${at}${path}`),
    `DELETE ${at}/drafts/{id}`,
  ].map((route) => [route, story]),
);
