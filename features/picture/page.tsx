// The room Picture as the frame knows it: what the states know together; figures before they leave; those of the victim desk.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const reads = needsRole(
  "investigator",
  "analyst",
  "supervisor",
  "liaison",
  "prosecutor",
  "caseworker",
  "oversight",
);
const works: Needs = (session) =>
  session.officer.agency.kind === "liaison" && needsRole("liaison", "supervisor")(session);
const counts: Needs = (session) => session.officer.agency.kind === "victim-services";

export const pictureRoom: Room = {
  id: "picture",
  path: "/picture",
  needs: reads,
  nav: { order: 110, icon: icons.picture, words: "picture.room" },
  routes: [
    { path: "/picture", page: () => import("./pages/region.tsx") },
    { path: "/picture/work", page: () => import("./pages/work.tsx") },
    { path: "/picture/hand-over", page: () => import("./pages/hand-over.tsx") },
  ],
  commands: [
    { id: "picture.work", words: "picture.work", to: "/picture/work", needs: works },
    { id: "picture.hand-over", words: "picture.handOver", to: "/picture/hand-over", needs: counts },
  ],
};
