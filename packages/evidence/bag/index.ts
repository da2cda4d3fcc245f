// BagIt bags: written for a court, read from strangers.
export * from "./check.ts";
export { tagManifest, type Bagged } from "./manifest.ts";
export * from "./tags.ts";
export * from "./write.ts";
export * from "./zip.ts";
