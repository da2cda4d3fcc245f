// Whether a text carries a name: as it is written, whole, and not as a piece of a longer word.

/** Scripts that are written without spaces between words: there a name may stand anywhere. */
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}]/u;
/** So short that in small letters it is a word of some language. */
const short = 4;

const plain = (text: string): string => text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The first of `names` that stands in the text, as the text writes it; null where none does. Case does not matter,
 * but for a name of fewer than four letters.
 */
export function nameIn(text: string, names: Iterable<string>): string | null {
  const read = plain(text);
  const small = read.toLocaleLowerCase();
  for (const each of names) {
    const name = plain(each);
    // Most names are not there, and looking for a piece of text is quick.
    if (name === "" || !small.includes(name.toLocaleLowerCase())) continue;
    const whole = unspaced.test(name)
      ? literally(name)
      : `(?<![\\p{L}\\p{M}\\p{N}])${literally(name)}(?![\\p{L}\\p{M}\\p{N}])`;
    const found = new RegExp(whole, name.length < short ? "u" : "iu").exec(read);
    if (found !== null) return found[0];
  }
  return null;
}
