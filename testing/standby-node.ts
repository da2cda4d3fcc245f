// A node that has read its whole program and waits for a word to begin: for tests that kill it again and again.
import "@simpul/demo";
import "@simpul/server";

process.once("message", () => void import("../apps/demo/node.ts"));
process.send?.({ warm: true });
