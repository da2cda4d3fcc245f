// The room of phones in the field, as the frame knows it: for whoever identifies or assists victims.
import { icons } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const helps: Needs = ({ purpose, officer }) =>
  (purpose === "victim-identification" || purpose === "victim-assistance") &&
  officer.roles.some((role) => ["caseworker", "investigator", "supervisor", "liaison"].includes(role));

export const fieldRoom: Room = {
  id: "field",
  path: "/field-phones",
  needs: helps,
  nav: { order: 68, icon: icons.phone, words: "field.room" },
  routes: [{ path: "/field-phones", page: () => import("./pages/phones.tsx") }],
  commands: [{ id: "field.phones", words: "field.room", to: "/field-phones", needs: helps }],
};
