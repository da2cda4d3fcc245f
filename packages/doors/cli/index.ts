// What commands share: lines for people or for machines, progress, refusals as exit codes.
export * from "./output.ts";
export * from "./client.ts";
export * from "./secret.ts";
