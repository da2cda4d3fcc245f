// What commands share: lines for people or for machines, progress, refusals as exit codes.
export * from "./output.ts";
export * from "./client.ts";
export * from "./dispatch.ts";
export * from "./proven.ts";
export * from "./secret.ts";
export * from "./signed-in.ts";
export * from "./waiting.ts";
