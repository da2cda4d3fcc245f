// How a paper ends that somebody signs by hand: the certificate of evidence, the notice to a court.
import type { Both } from "@simpul/doors/i18n";

/** Lines at the end of a paper that is signed by hand, with what this paper asks besides (`assistance.certificate.*`). */
export const toSign = (both: Both, more: readonly string[] = []): { text: string; size: number }[] =>
  ["name", "office", "day", "signature", ...more].map((one) => ({
    text: `${both(`assistance.certificate.${one}`)}: ______________________________`,
    size: 10,
  }));
