// The room of screening as the frame knows it: for everybody who may act to identify victims.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const works = needsRole("investigator", "supervisor", "liaison", "prosecutor", "caseworker");

export const screeningRoom: Room = {
  id: "screening",
  path: "/screening",
  needs: works,
  nav: { order: 59, icon: icons.person, words: "screening.room", key: "s" },
  routes: [
    { path: "/screening", page: () => import("./pages/screen.tsx") },
    {
      path: "/screening/people/$id",
      page: () => import("./pages/person.tsx"),
      needs: ({ officer }) => officer.agency.kind === "victim-services",
    },
  ],
  commands: [{ id: "screening.begin", words: "screening.setup.begin", to: "/screening", needs: works }],
};
