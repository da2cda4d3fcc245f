// Engines for the private check that need native code or WebAssembly.
export { chooseEngine, type ChosenEngine } from "./choose.ts";
export { nativeEngine } from "./native.ts";
export { wasmEngine } from "./wasm.ts";
