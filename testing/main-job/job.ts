// The stage of the main job: officers who type `simpul`, what they read back, and a plain word where it is not as told.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Who acts in it, at which node. */
export const cast = {
  sari: "id",
  agus: "id",
  hendra: "id",
  sophea: "kh",
  sreymom: "kh",
  rithy: "kh",
  grace: "ph",
} as const;
export type Officer = keyof typeof cast;
export type State = (typeof cast)[Officer];

export interface Ran {
  /** 0 done, 1 refused or not proven, 2 unusable. */
  code: number;
  out: string;
  err: string;
}

export interface Stage {
  addresses: Readonly<Record<State, string>>;
  /** Where files are put; empty at the beginning. */
  folder: string;
  /** Runs `simpul …` in the name of this officer, in a profile of her own. */
  run(who: Officer, args: readonly string[]): Promise<Ran>;
  /** Told sentence by sentence. */
  say(sentence: string): void;
}

/** Addresses as `npm start` prints them: `id=http://localhost:7410 kh=… ph=…`, or the usual ones. */
export function addressesOf(words: readonly string[]): Stage["addresses"] {
  const given = new Map(words.map((word) => word.split(/=(.*)/s) as [string, string]));
  const at = (state: State, usual: number): string => given.get(state) ?? `http://localhost:${usual}`;
  return { id: at("id", 7410), kh: at("kh", 7430), ph: at("ph", 7450) };
}

/** Something is not as the job tells it; the message is for whoever runs it. */
export class Unexpected extends Error {}

export function expect(so: boolean, says: string): asserts so {
  if (!so) throw new Unexpected(says);
}

/** A line that a command printed under `--json`, read field by field. */
export type Line = Readonly<Record<string, unknown>>;

export const storyFile = (name: string): string =>
  fileURLToPath(new URL(`../../apps/demo/story/files/${name}`, import.meta.url));

const typed = (who: Officer, args: readonly string[]): string =>
  `${who}: simpul ${args.map((one) => (/^[\w@+./:,=-]+$/.test(one) ? one : `'${one}'`)).join(" ")}`;

/** What the steps hand on to each other. */
export interface Made {
  chat: string;
  /** Its number. */
  case: string;
  check: string;
  request: string;
  reference: string;
  /** The request as Cambodia sees it. */
  arrived: string;
  registration: string;
  /** Cambodia's record of the recruiter. */
  recruiter: string;
  /** The request to the Philippines. */
  onward: string;
  permissions: string[];
  bundle: string;
}

export class Job {
  readonly made: Partial<Made> = {};
  readonly stage: Stage;
  constructor(stage: Stage) {
    this.stage = stage;
  }

  say(sentence: string): void {
    this.stage.say(sentence);
  }

  /** What an earlier step made; says so when that step did not run. */
  get<K extends keyof Made>(what: K): Made[K] {
    const found = this.made[what];
    if (found === undefined) throw new Unexpected(`an earlier step made no ${what}`);
    return found;
  }

  file(name: string): string {
    return path.join(this.stage.folder, name);
  }

  /** Runs it and gives its lines; anything but success ends the job with what the command said. */
  async does(who: Officer, ...args: string[]): Promise<Line[]> {
    const { code, out, err } = await this.stage.run(who, [...args, "--json"]);
    expect(code === 0, `${typed(who, args)}\nended with ${code}: ${err}${out}`);
    return out
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line);
  }

  /** The only line, or the last one. */
  async makes(who: Officer, ...args: string[]): Promise<Line> {
    const line = (await this.does(who, ...args)).at(-1);
    expect(line !== undefined, `${typed(who, args)}\nprinted nothing`);
    return line;
  }

  /** Runs it expecting a refusal with this code; gives what it said. */
  async isRefused(who: Officer, refusal: string, ...args: string[]): Promise<string> {
    const { code, out, err } = await this.stage.run(who, args);
    expect(code !== 0, `${typed(who, args)}\nwas not refused: ${out}${err}`);
    expect(err.includes(refusal), `${typed(who, args)}\nwas refused, but not with ${refusal}: ${err}`);
    return err.trim();
  }

  /** Looks until it is so, for a minute: what goes between states takes its time. */
  async until<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
    const end = Date.now() + 60_000;
    for (;;) {
      const seen = await look();
      if (seen !== null && seen !== undefined) return seen;
      expect(Date.now() < end, `after a minute still not: ${what}`);
      await new Promise((resolve) => void setTimeout(resolve, 300));
    }
  }
}

/** One step; its title is what is done in it. */
export interface Step {
  title: string;
  run(job: Job): Promise<void>;
}
