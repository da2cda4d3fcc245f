// What the server, the exercise and tests take from access; other features meet it at contract.ts.
export * from "./contract.ts";
export { tidy } from "./attempts.ts";
export { deviceKeys } from "./devices.ts";
export { directory } from "./directory.ts";
export { signInAs } from "./exercise.ts";
export { doorkeeper } from "./node.ts";
export type { AccessNode, RelyingParty } from "./node.ts";
export * from "./people.ts";
export { accessRoutes } from "./routes.ts";
export type { AccessDoor } from "./door.ts";
export { resolveSession } from "./sessions.ts";
export type { Credential, Started } from "./sessions.ts";
export { proofs } from "./step-up.ts";
