// Bytes by their digest: the evidence store.
export * from "./contract.ts";
export * from "./errors.ts";
export { openFolder } from "./folder.ts";
