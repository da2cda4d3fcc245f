// Which engine a node works with: chosen once at start, and only one that reproduces the published vectors.
import { nobleEngine, OprfError, selfTest, type OprfEngine } from "@simpul/match/oprf";
import { nativeEngine } from "./native.ts";
import { wasmEngine } from "./wasm.ts";

export interface ChosenEngine {
  engine: OprfEngine;
  /** Engines that were there and failed their test: a sign of a broken library, to be shown by `doctor`. */
  unfit: string[];
}

/**
 * The fastest engine that proves itself: libsodium of the system, libsodium as WebAssembly, noble. `library` names
 * another file to load. Throws `ENGINE_UNFIT` when none passes.
 */
export async function chooseEngine(options: { library?: string } = {}): Promise<ChosenEngine> {
  const unfit: string[] = [];
  const candidates: (() => OprfEngine | null | Promise<OprfEngine>)[] = [
    () => nativeEngine(options.library),
    wasmEngine,
    () => nobleEngine,
  ];
  for (const candidate of candidates) {
    try {
      const engine = await candidate();
      if (engine === null) continue;
      selfTest(engine);
      return { engine, unfit };
    } catch (error) {
      unfit.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new OprfError("ENGINE_UNFIT", unfit.join("; "));
}
