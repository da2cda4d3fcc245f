// Seals, custody and sealed files: what a piece of evidence carries, and how anyone checks it.
export * from "./errors.ts";
export type { AgeEngine, RandomBytes } from "./age/engine.ts";
export * from "./age/keys.ts";
export { maxHeaderBytes, readHead, writeHead, type OpenedHead, type SealedHead } from "./age/header.ts";
export * from "./age/stream.ts";
export { digestOf, disclose, maxDisclosureLength } from "./disclosure.ts";
export type { Disclosed, Disclosure, Hash } from "./disclosure.ts";
export * from "./statement.ts";
export * from "./acquisition.ts";
export * from "./custody.ts";
export * from "./chain.ts";
export * from "./write.ts";
