// What is finished waits here, sealed; it is sent in batches, and goes from here only when the node says that it has it.
import { api, Refused } from "@simpul/doors/web";
import type { AskContact, Contact, SealedEntry } from "../../contract.ts";
import type { Keeping } from "./database.ts";
import { heard, signed, thisPhone } from "./phone.ts";
import { wipeAll, wipeWork } from "./vault.ts";

export interface Waiting extends SealedEntry {
  /** When it was finished; the only thing about it that this phone can still tell. */
  at: string;
}

export interface OutboxState {
  waiting: readonly { at: string }[];
  sending: boolean;
  /** Code of the node's last refusal; null after a success, or where there was only no line. */
  refused: string | null;
  lastContact: string | null;
  /** The node ordered this phone to forget it, and it did. */
  wiped: boolean;
}

/** In one change the draft goes and what was sealed stays: killed between, the phone has the one or the other, never both or none. */
export const finish = (
  keeping: Keeping,
  draft: string,
  sealed: readonly SealedEntry[],
  at: string,
): Promise<void> =>
  keeping.change(({ put, delete: drop }) => {
    for (const one of sealed) put("outbox", one.id, { ...one, at } satisfies Waiting);
    drop("drafts", draft);
  });

/** First and longest pause between tries without a line, in milliseconds. */
const shortest = 500;
const longest = 60_000;

/** Sends as soon as there is a line; needs no PIN, because nothing it touches can be read. */
export class Outbox {
  readonly #keeping: Keeping;
  readonly #tell: (state: OutboxState) => void;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #refused: string | null = null;
  #wiped = false;
  #stopped = false;
  /** What lies in the outbox, the oldest first, as it was read at the beginning of a round. */
  #waiting: Waiting[] = [];

  constructor(keeping: Keeping, tell: (state: OutboxState) => void) {
    this.#keeping = keeping;
    this.#tell = tell;
  }

  start(): () => void {
    const go = (): void => {
      this.#failures = 0;
      void this.send();
    };
    globalThis.addEventListener("online", go);
    document.addEventListener("visibilitychange", go);
    go();
    return () => {
      this.#stopped = true;
      clearTimeout(this.#timer);
      globalThis.removeEventListener("online", go);
      document.removeEventListener("visibilitychange", go);
    };
  }

  /** Sends what waits; one run at a time, and one more when something came meanwhile. */
  send(): Promise<void> {
    this.#again = true;
    this.#running ??= (async () => {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#round();
      }
    })().finally(() => (this.#running = null));
    return this.#running;
  }

  async #say(sending: boolean): Promise<void> {
    const phone = await thisPhone(this.#keeping);
    this.#tell({
      waiting: this.#waiting.map(({ at }) => ({ at })),
      sending,
      refused: this.#refused,
      lastContact: phone?.lastContact ?? null,
      wiped: this.#wiped,
    });
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.#look();
      await this.#say(true);
      for (let more = true; more;) more = await this.#batch();
      this.#failures = 0;
      this.#refused = null;
    } catch (fault) {
      const line = fault instanceof Refused && [0, 502, 503, 504].includes(fault.status);
      this.#refused = line ? null : fault instanceof Refused ? fault.code : "FAULT";
      const pause = Math.min(shortest * 2 ** this.#failures, longest) * (0.7 + Math.random() * 0.6);
      this.#failures += 1;
      if (!this.#stopped) this.#timer = setTimeout(() => void this.send(), pause);
    }
    await this.#say(false);
  }

  /** Thousands are read once a round, not once a batch. */
  async #look(): Promise<void> {
    const all = await this.#keeping.all<Waiting>("outbox");
    this.#waiting = all.sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** One batch and its answer; true while there is more. A contact without entries asks whether the phone is still ours. */
  async #batch(): Promise<boolean> {
    const phone = await thisPhone(this.#keeping);
    if (phone === null) return false;
    const entries = this.#waiting
      .slice(0, phone.terms.batch)
      .map(({ id, person, jwe }) => ({ id, person, jwe }));
    const contact = await this.#contact({ phone: phone.id as AskContact["phone"], entries });
    const gone = new Set<string>([...contact.taken, ...contact.known]);
    // It goes from here and what the node said is kept in one change.
    await this.#keeping.change((change) => {
      for (const id of gone) change.delete("outbox", id);
      heard(change, phone, contact);
    });
    this.#waiting = this.#waiting.filter(({ id }) => !gone.has(id));
    const left = this.#waiting.length;
    // On order what is being worked on goes at once; what is sealed is for the victim desk, and is still handed over.
    if (contact.wipe) await wipeWork(this.#keeping);
    if (contact.wipe && left === 0) {
      await this.#look();
      if (this.#waiting.length > 0) return true;
      await this.#contact({ phone: phone.id as AskContact["phone"], entries: [], wiped: true }).catch(
        () => null,
      );
      await wipeAll(this.#keeping);
      this.#wiped = true;
      return false;
    }
    await this.#say(true);
    return left > 0 && gone.size > 0;
  }

  async #contact(ask: Omit<AskContact, "at">): Promise<Contact> {
    const phone = (await thisPhone(this.#keeping))!;
    const at = new Date().toISOString();
    const body = JSON.stringify({ ...ask, at } satisfies AskContact);
    const signature = await signed(phone, at, body);
    return api.post<Contact>("/api/field/contact", body, {
      headers: { "content-type": "application/json", "x-simpul-phone": signature },
    });
  }
}
