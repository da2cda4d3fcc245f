// A node as apps and tests start it.
export { backupNode, restoreNode } from "./backup.ts";
export { examine } from "./health/doctor.ts";
export { readSettings, SettingsError } from "./env.ts";
export type { Settings } from "./env.ts";
export { noteKeys } from "./keys.ts";
export type { NodeKeys } from "./keys.ts";
export { openNode } from "./node.ts";
export { Peering } from "./peering.ts";
export type { Node, NodeParts } from "./node.ts";
export { accessNode, casesNode, checksNode, features } from "./features.ts";
export { migrations } from "./migrations.ts";
export { serve } from "./serve.ts";
export type { Serving } from "./serve.ts";
export type { PeerCard } from "@simpul/exchange";
export { reviewsNode, searchNode } from "./reviews.ts";
export { victimsNode } from "./victims.ts";
export { distressNode } from "./distress.ts";
export { requestsNode } from "./requests.ts";
