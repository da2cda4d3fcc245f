// Answers leave this page sealed to the victim desk: the officer who asked cannot read them again.
import { Refused, api } from "@simpul/doors/web";
import { sealEntry } from "../../victims/contract.ts";
import type { DeskKey } from "../../victims/contract.ts";
import type { Told } from "../contract.ts";

export const deskKey = (signal?: AbortSignal): Promise<DeskKey | null> =>
  api.get<DeskKey | null>("/api/victims/seal-to", { signal });

/** The key may have been changed while she asked; then it is fetched once more. */
export class Sealer {
  #key: DeskKey;
  readonly #by: { node: string; officer: string };
  constructor(key: DeskKey, by: { node: string; officer: string }) {
    this.#key = key;
    this.#by = by;
  }

  /** `entry` names it: leaving it twice keeps it once. Rejects while there is no line. */
  async leave(person: string, entry: string, data: Told): Promise<void> {
    try {
      await this.#send(person, entry, data);
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.code !== "NOT_SEALED") throw fault;
      this.#key = (await deskKey()) ?? this.#key;
      await this.#send(person, entry, data);
    }
  }

  async #send(person: string, entry: string, data: Told): Promise<void> {
    const sealed = await sealEntry(this.#key, {
      ...{ id: entry as never, person: person as never, kind: "screening.told" },
      ...{ at: new Date().toISOString(), data },
      by: { node: this.#by.node, officer: this.#by.officer as never, door: "field" },
    });
    await api.post("/api/victims/left", { sealed: [sealed] });
  }
}
