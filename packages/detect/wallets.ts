// Wallet addresses: long words that look like a chain's address; valid only when the checksum agrees.
import { chains, chainNamed, normalise } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";

// One try per word: the look-behind keeps the search from starting inside one.
const word =
  /(?<![A-Za-z0-9_+-])(?:bitcoincash:)?[A-Za-z0-9][A-Za-z0-9_+-]{23,108}[A-Za-z0-9_-](?![A-Za-z0-9])/g;
const talk =
  /wallet|address|usdt|usdc|crypto|deposit|transfer|coin|chain|กระเป๋า|เหรียญ|dompet|ví|钱包|地址|充值|កាបូប/i;

/** A damaged address is shown too, as invalid: a mistyped letter in a screenshot is worth a second look. */
function striking(chain: string, text: string): boolean {
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
  return (
    chain === "evm" ||
    chain === "stellar" ||
    chain === "monero" ||
    /^bc1/i.test(text) ||
    (["tron", "bitcoin"].includes(chain) && mixed)
  );
}

/** The word itself, or the parts of a word like `USDT-T…` that look like an address. */
function* parts(text: string): Generator<RegExpExecArray> {
  for (const hit of text.matchAll(word)) {
    if (chains.some((chain) => chain.looks.test(hit[0]))) yield hit;
    else
      for (const part of hit[0].matchAll(/[A-Za-z0-9]{26,}/g)) {
        part.index += hit.index;
        if (part[0] !== hit[0] && chains.some((chain) => chain.looks.test(part[0]))) yield part;
      }
  }
}

export function* wallets(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  for (const hit of parts(text)) {
    const likely = chains.filter((chain) => chain.looks.test(hit[0]));
    const around = text.slice(Math.max(0, hit.index - 60), hit.index);
    const said = around
      .split(/[^\p{L}\p{N}-]+/u)
      .map(chainNamed)
      .findLast((one) => one !== null);
    const proven = likely.find((one) => one.checked !== false && one.read(hit[0]) !== null);
    const chain = likely.find((one) => one === said) ?? proven ?? likely[0]!;
    // Without a checksum any 44 letters would do: the words around must speak of it.
    if (chain.checked === false && chain !== said && !talk.test(around)) continue;
    const value = normalise("wallet", `${chain.id}:${hit[0].replace(/^bitcoincash:/, "")}`);
    if (!value.valid && !(striking(chain.id, hit[0]) || (chain === said && /\d/.test(hit[0])))) continue;
    const span = { start: hit.index, end: hit.index + hit[0].length };
    yield candidate("wallet", span, value, value.valid ? 3 : 2, {
      chain: chain.id,
      ...(value.valid ? { inside: true } : {}),
    });
  }
}
