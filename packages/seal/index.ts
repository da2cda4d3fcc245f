// Signed texts and statements as formats; the cryptography itself is handed in.
export * from "./bytes.ts";
export * from "./dsse.ts";
export * from "./engine.ts";
export * from "./errors.ts";
export * from "./keys.ts";
export * from "./note.ts";
