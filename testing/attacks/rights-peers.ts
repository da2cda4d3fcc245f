// Who may use each route of other states' nodes.
import { act, elsewhere, reason, type Rules } from "./rights-rule.ts";

export const peersRules: Rules = {
  "GET /api/exclusions": act("node", "exclusion.order"),
  "GET /api/peers/{code}/doubts": act("node", "peers.read"),
  "GET /api/peers/{code}/incidents": act("node", "peers.read"),
  "POST /api/peers/{code}/incidents/{id}/close": elsewhere(
    "features/requests/evidences.test.ts",
    "incident.close",
  ),
  "POST /api/peers/{code}/doubts/{id}": elsewhere("features/peers/keys.test.ts", "doubt.review"),
  "GET /api/peers": act("node", "peers.read"),
  "GET /api/peers/card": act("node", "peers.read"),
  "GET /api/peers/keys": act("node", "peers.read"),
  "GET /api/peers/{code}": act("node", "peers.read"),
  "GET /api/peers/{code}/letters": act("node", "peers.read"),
  "POST /api/peers": act("node", "peers.enter", {
    body: () => ({
      node: "xk",
      address: "localhost:1",
      pin: "a".repeat(64),
      signing: "A".repeat(43),
      sealing: "A".repeat(43),
      agencies: [],
    }),
  }),
  "POST /api/peers/{code}/confirm": act("node", "peers.confirm", { body: () => ({ heard: "EXERCISE" }) }),
  "POST /api/peers/{code}/stop": act("node", "peers.stop", { body: reason }),
  "POST /api/peers/keys": act("node", "keys.change", {
    body: () => ({ kind: "change", because: "EXERCISE: once a year" }),
  }),
  "POST /api/peers/keys/{id}/confirm": act("node", "keys.change"),
  "POST /api/peers/keys/{id}/drop": act("node", "peers.enter"),
  "POST /api/peers/{code}/suspend": act("node", "peers.suspend", { body: reason }),
  "POST /api/peers/{code}/resume": act("node", "peers.resume"),
  "POST /api/peers/{code}/ask": act("node", "peers.read"),
  "POST /api/peers/{code}/letters/{id}/again": act("node", "peers.enter"),
};
