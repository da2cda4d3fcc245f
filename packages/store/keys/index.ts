// Keys, signing, hashing and chance as this machine has them.
export * from "./engine.ts";
export * from "./errors.ts";
export * from "./files.ts";
export * from "./generations.ts";
export * from "./machine.ts";
export * from "./passphrase.ts";
export { boxOf, KeyBox, sealTo } from "./wrap.ts";
export type { SealedBox } from "./wrap.ts";
