// The Cedar engine for Node; it reads its own WebAssembly file, so it is passed in and never imported by a rule.
export * as cedar from "@cedar-policy/cedar-wasm/nodejs";
