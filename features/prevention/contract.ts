// What others may see of prevention: where the open page stands, its languages, and the shape of whom to call.

/** Before sign-in, without a cookie; the file of the page and its service worker are built with the web app. */
export const offerPath = "/offer";

export const offerLanguages = [
  "en", "id", "ms", "fil", "th", "vi", "km", "lo", "my", "zh", "ta", "pt",
] as const; // prettier-ignore
export type OfferLanguage = (typeof offerLanguages)[number];

/** By its own name, as people look for it. */
export const languageNames: Readonly<Record<OfferLanguage, string>> = {
  en: "English", id: "Bahasa Indonesia", ms: "Bahasa Melayu", fil: "Filipino", th: "ไทย", vi: "Tiếng Việt",
  km: "ភាសាខ្មែរ", lo: "ລາວ", my: "မြန်မာ", zh: "中文", ta: "தமிழ்", pt: "Português",
}; // prettier-ignore

export interface HelpState {
  /** ISO 3166-1 alpha-2. */
  code: string;
  numbers: readonly { number: string; confirmed: boolean }[];
}

/** Everything the page may send anything to: nothing. Scripts and fonts come from its own node. */
export const offerSecurity = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
