// Signed texts and statements as formats; the cryptography itself is handed in.
export * from "./bytes.ts";
export * from "./dsse.ts";
export * from "./dsse-sign.ts";
export * from "./engine.ts";
export * from "./errors.ts";
export * from "./hex.ts";
export * from "./key-chain.ts";
export type * from "./key-form.ts";
export * from "./key-statement.ts";
export * from "./keys.ts";
export * from "./merkle.ts";
export * from "./note.ts";
export * from "./note-sign.ts";
export * from "./spki.ts";
