// What a room tells the frame: where it stands, its pages, its commands, who may enter.
import type { ComponentType, ReactNode } from "react";
import type { StepUp } from "./api.ts";
import type { Needs } from "./session.tsx";

/** A page, loaded when somebody opens it. */
export interface RoomRoute {
  /** As TanStack Router writes it: `/cases`, `/cases/$id`, `/cases/$id/chart`. */
  path: string;
  page: () => Promise<{ Page: () => ReactNode }>;
  needs?: Needs;
}

export interface PaletteCommand {
  id: string;
  /** Key of its name in the words. */
  words: string;
  /** Address it goes to. */
  to: string;
  /** Further keys of words by which it is found. */
  also?: readonly string[];
  /** A sequence such as `n c`, shown in the help. */
  keys?: string;
  needs?: Needs;
}

/** What a search found in this room. */
export interface SearchHit {
  id: string;
  title: string;
  detail?: string;
  to: string;
}

/** A deadline that runs against this officer or her desk. */
export interface RunningClock {
  id: string;
  title: string;
  to: string;
  /** ISO; absent while it stands still. */
  due: string | null;
  /** Why it stands still, in words. */
  stopped?: string;
}

/** A feature exports one from its `page.tsx`; apps/web/src/rooms.ts lists them by hand. */
export interface Room {
  id: string;
  /** The address of its first page, e.g. `/cases`. */
  path: string;
  nav?: {
    /** 10 inbox, 20 check, 30 cases, 40 evidence, 50 requests, 60 joint … 130 oversight, 140 settings. */
    order: number;
    icon: ComponentType;
    /** Key of its name in the words. */
    words: string;
    /** The letter after `g`, e.g. `i`. */
    key?: string;
    /** A number beside the name: what waits for this officer; asked anew when one of the topics changes. */
    count?: { topics: readonly string[]; ask: (signal: AbortSignal) => Promise<number> };
  };
  routes: readonly RoomRoute[];
  commands?: readonly PaletteCommand[];
  /** Finds records for the palette and the search box; asked under the officer's own rights. */
  search?: (text: string, signal: AbortSignal) => Promise<SearchHit[]>;
  clocks?: { topic: string; ask: (signal: AbortSignal) => Promise<RunningClock[]> };
  /** Drawn beside every page for whoever may enter, loaded after the first screen: what keeps work in the tray. */
  beside?: () => Promise<{ Beside: ComponentType }>;
  /** Who may enter; without it everybody who is signed in. */
  needs?: Needs;
}

/** The way in: features/access exports one as `door` from its page.tsx. */
export interface Door {
  /** Shown to whoever is not signed in, outside the frame; it has words, api and theme, but no session. */
  signIn: () => Promise<{ Page: ComponentType<SignInProps> }>;
  /** Asks for a fresh proof when the node answers `STEP_UP`, for a colleague's word at `SECOND_WORD`; `facts` of the refusal name the act and the record. */
  stepUp: StepUp;
  /** Drawn beside the pages while a session stands: the dialog of a step-up, and what makes the device known. */
  Beside: ComponentType;
}
export interface SignInProps {
  node: { code: string; name: string; exercise: boolean; provider: string | null };
  /** Called when a session stands. */
  onSignedIn: () => void;
  /** Changes the language of the page before anybody is known. */
  onLanguage: (language: string) => void;
}
