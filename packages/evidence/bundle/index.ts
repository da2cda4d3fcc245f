// Bundles: what a prosecutor abroad receives, and how she checks it.
export * from "./device.ts";
export * from "./device-write.ts";
export * from "./layout.ts";
export * from "./verify.ts";
