// Keys, signing, hashing and chance as this machine has them.
export * from "./machine.ts";
