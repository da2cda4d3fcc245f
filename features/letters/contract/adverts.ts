// Letters about an advert: to a platform or a labour inspectorate, that asks for something, or takes an earlier one back.
import type { Digest, Id } from "@simpul/model";
import type { LetterLanguage } from "../contract.ts";

/** Everything such a letter says, fixed before a colleague lets it go. */
export interface AboutAdvert {
  id: Id;
  /** Empty in a preview. */
  reference: string;
  to: { name: string; address: string[] | null; language: LetterLanguage };
  /** What the officer asks and on what basis, in her language. */
  asked: string;
  basis: string;
  language: string;
  /** The advert; null in a letter that takes an earlier one back: what was wrong is not said again. */
  advert: {
    text: string;
    language: string;
    /** SHA-256 of the text as it was sealed. */
    digest: Digest;
    /** Where it, or others of its campaign, were seen; a day where one is known. */
    seen: { origin: string; on: string | null }[];
    /** Adverts of its campaign. */
    adverts: number;
  } | null;
  /** The reference of the letter that this one takes back. */
  earlier: string | null;
  days: number;
  desk: Id | null;
  /** Who lets it go; null in a preview. */
  by: Id | null;
}

export interface AdvertLetter {
  pdf: Uint8Array<ArrayBuffer>;
  /** Of everything it says; stands in its code. */
  said: Digest;
  pages: number;
  /** One page as a picture (SVG), counted from one; null where there is none. */
  page(number: number): string | null;
}

/** What letters do for adverts; made by the server. */
export interface LettersForAdverts {
  /** Throws `CHARACTER_MISSING`, `LETTER_TOO_LONG`. The same words and the same time give the same bytes. */
  write(about: AboutAdvert, at: Date): Promise<AdvertLetter>;
}
