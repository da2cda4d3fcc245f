// The Cedar engine for Node; it reads its own WebAssembly file, so it is passed in and never imported by a rule.
import v8 from "node:v8";

// The optimiser of Node 20 inlines calls into WebAssembly and ends the process ("unreachable code" in V8's Deoptimizer)
// when such a call must be undone: a node that decides much dies within a minute. Newer ones undo it rightly.
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--no-turbo-inline-js-wasm-calls");

export * as cedar from "@cedar-policy/cedar-wasm/nodejs";
