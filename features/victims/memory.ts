// What a running node holds of open desks: who opened in which session, the desk key, and the one decrypted book.
import type { Id } from "@simpul/model";
import type { AtDesk } from "./contract.ts";
import type { Book } from "./book.ts";
import type { Half } from "./halves.ts";
import type { DeskSecret } from "./keys.ts";

/** Seconds without work after which a desk closes. */
export const idleLimit = 900;
/** Wrong passphrases of one officer within the idle limit. */
const mostTries = 6;

interface Opened {
  who: AtDesk;
  usedAt: number;
}

export class Memory {
  readonly #open = new Map<Id, Opened>();
  readonly #tries = new Map<Id, number[]>();
  /** Newest first: the key in force, then those before it. */
  #secrets: DeskSecret[] = [];
  book: Book | null = null;
  /** Rows of the intake that no key of the desk opens. */
  unread = new Set<Id>();
  /** The first half of a recovery, until the second follows. */
  half: { half: Half; officer: Id; at: number } | null = null;
  /** The day that stands in `victim_due`; undefined: not looked at since the desk opened. */
  due: string | null | undefined = undefined;
  /** Something may have come since the intake was looked at, at this time. */
  left = true;
  lookedAt = 0;
  /** Loading, taking in and changing keys happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  get secrets(): readonly DeskSecret[] {
    return this.#secrets;
  }
  get anybody(): AtDesk | null {
    return this.#open.values().next().value?.who ?? null;
  }

  /** The key was changed: all who have it open go on with the new one. */
  renew(fresh: DeskSecret): void {
    this.#secrets = [fresh, ...this.#secrets];
  }

  isOpen(session: Id): boolean {
    return this.#open.has(session);
  }
  /** With the secrets, whose order is kept; the same ones again change nothing. */
  put(who: AtDesk, secrets: readonly DeskSecret[], now: Date): void {
    if (this.#secrets[0]?.kid !== secrets[0]?.kid || this.#secrets.length < secrets.length)
      this.#secrets = [...secrets];
    this.#open.set(who.session, { who, usedAt: now.getTime() });
  }
  use(who: AtDesk, now: Date): void {
    const opened = this.#open.get(who.session);
    if (opened !== undefined) this.#open.set(who.session, { who, usedAt: now.getTime() });
  }

  /** Forgets the keys and the book with the last one; true when this session had it open. */
  close(session: Id): boolean {
    const was = this.#open.delete(session);
    if (this.#open.size === 0) {
      for (const secret of this.#secrets) secret.wipe();
      this.#secrets = [];
      this.book?.wipe();
      this.book = null;
      this.unread.clear();
      this.due = undefined;
      this.left = true;
    }
    return was;
  }

  sessions(): { session: Id; who: AtDesk; usedAt: number }[] {
    return [...this.#open].map(([session, { who, usedAt }]) => ({ session, who, usedAt }));
  }

  /** False when she tried too often; forgets tries that are older than the idle limit. */
  mayTry(officer: Id, now: Date): boolean {
    const since = now.getTime() - idleLimit * 1000;
    const tries = (this.#tries.get(officer) ?? []).filter((at) => at > since);
    this.#tries.set(officer, [...tries, now.getTime()]);
    return tries.length < mostTries;
  }
  forgetTries(officer: Id): void {
    this.#tries.delete(officer);
  }

  inTurn<T>(fn: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(fn, fn);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
