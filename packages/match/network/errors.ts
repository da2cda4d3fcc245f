// What the network refuses, by name.
import { SimpulError } from "@simpul/model";

export type NetworkCode = "UNKNOWN_NODE" | "NODE_TWICE" | "TOO_MANY_NODES" | "TOO_MANY_EDGES" | "NOT_A_COUNT";

/** The statements do not make a network that can be computed on. */
export class NetworkError extends SimpulError<NetworkCode> {}
