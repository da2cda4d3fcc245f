// What others may know of pictures in adverts: posters and photographed screens, the text read in them, and who corrected it.
import type { Id } from "@simpul/model";

/** Languages in which letters of pictures are read, by their code; each has a pack, Khmer only where the system has one. */
export const pictureLanguages = [
  "en",
  "id",
  "ms",
  "fil",
  "vi",
  "pt",
  "th",
  "lo",
  "my",
  "ta",
  "zh",
  "km",
] as const;
export type PictureLanguage = (typeof pictureLanguages)[number];

export interface AskPicture {
  source: Id;
  fileName: string;
  size: number;
  /** Empty: tried one after the other until one reads it surely. */
  languages: PictureLanguage[];
  origin?: string | undefined;
}

/** A word that was not read surely: its place in the text. */
export interface UnsureWord {
  start: number;
  end: number;
  /** 0 to 100. */
  sure: number;
}

export interface PictureRead {
  text: string;
  languages: PictureLanguage[];
  /** Of all words, 0 to 100. */
  sure: number;
  unsure: UnsureWord[];
}

export const pictureStates = ["open", "waiting", "read", "refused", "judged", "gone"] as const;
export type PictureState = (typeof pictureStates)[number];

export interface PictureHead {
  id: Id;
  source: Id;
  sourceName: string;
  fileName: string;
  size: number;
  /** Parts that are here, so that sending can go on. */
  parts: number[];
  state: PictureState;
  /** Why it could not be read. */
  refusal: string | null;
  madeAt: string;
}

export interface PictureView extends PictureHead {
  /** SHA-256 of the picture as it came; null while it comes. */
  digest: string | null;
  /** Null until it is read, and where it could not be. */
  read: PictureRead | null;
  /** As the officer let it stand. */
  text: string | null;
  by: Id | null;
  at: string | null;
  advert: Id | null;
  /** Between 0 and 1 while it is read. */
  done: number | null;
}

export const pictureLimits = {
  bytes: 12 * 1024 * 1024,
  /** Width by height: what a telephone takes, and no more. */
  pixels: 50_000_000,
  /** For one picture, with all languages that are tried. */
  seconds: 180,
  /** Megabytes of heap of the process that reads it; the engine's own memory comes on top. */
  heap: 512,
  text: 20_000,
  /** On their way in, or not judged yet, of one agency. */
  waiting: 200,
  /** Words below this are marked. */
  sure: 75,
} as const;
