// Wallet addresses (profile wallet/1): chain and address, sound only when the chain's own checksum agrees.
import {
  base58,
  base58Check,
  bech32,
  cashAddress,
  crc16,
  eip55,
  moneroBytes,
  packed,
  rippleAlphabet,
  wordsToBytes,
} from "./base.ts";
import { plain } from "./characters.ts";
import { sound, unsound, type Normalised } from "./outcome.ts";

export interface Chain {
  id: string;
  /** What people write for it. */
  names: readonly string[];
  /** What its addresses look like, before any checksum. */
  looks: RegExp;
  /** The address as it is compared, or null when its checksum disagrees. */
  read(address: string): string | null;
  /** False where the chain's addresses carry no checksum at all. */
  checked?: false;
}

const versioned =
  (...versions: number[]) =>
  (text: string): string | null => {
    const payload = base58Check(text);
    return payload?.length === 21 && versions.includes(payload[0]!) ? text : null;
  };

/** BIP 141 programs: version 0 in Bech32 with 20 or 32 bytes, later ones in Bech32m. */
function segwit(text: string, prefix: string): string | null {
  const read = bech32(text);
  if (read?.prefix !== prefix || read.words.length === 0) return null;
  const version = read.words[0]!;
  const program = wordsToBytes(read.words.slice(1));
  if (version > 16 || !program || program.length < 2 || program.length > 40) return null;
  if (version === 0 ? read.kind !== "bech32" || ![20, 32].includes(program.length) : read.kind !== "bech32m")
    return null;
  return text.toLowerCase();
}

/** The chains read, first match wins: a text that fits several (an old Bitcoin or Litecoin script) is the first's. */
export const chains: readonly Chain[] = [
  {
    id: "bitcoin",
    names: ["bitcoin", "btc", "xbt"],
    looks: /^(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{8,87}|BC1[02-9AC-HJ-NP-Z]{8,87})$/,
    read: (text) => (/^bc1/i.test(text) ? segwit(text, "bc") : versioned(0x00, 0x05)(text)),
  },
  {
    // One address on Ethereum and every chain that copies it (BNB Smart Chain, Polygon, Arbitrum, …).
    id: "evm",
    names: [
      "evm",
      "ethereum",
      "eth",
      "erc20",
      "erc-20",
      "bsc",
      "bnb",
      "bep20",
      "bep-20",
      "polygon",
      "matic",
      "arbitrum",
      "base",
    ],
    looks: /^0[xX][0-9a-fA-F]{40}$/,
    read(text) {
      const digits = text.slice(2);
      // EIP-55: one case alone carries no checksum.
      const plainCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
      return plainCase || eip55(digits) === digits ? `0x${digits.toLowerCase()}` : null;
    },
  },
  {
    id: "tron",
    names: ["tron", "trx", "trc20", "trc-20", "usdt-trc20"],
    looks: /^T[1-9A-HJ-NP-Za-km-z]{33}$/,
    read: versioned(0x41),
  },
  {
    id: "litecoin",
    names: ["litecoin", "ltc"],
    looks: /^(?:[LM][1-9A-HJ-NP-Za-km-z]{25,34}|ltc1[02-9ac-hj-np-z]{8,87}|LTC1[02-9AC-HJ-NP-Z]{8,87})$/,
    read: (text) => (/^ltc1/i.test(text) ? segwit(text, "ltc") : versioned(0x30, 0x32)(text)),
  },
  {
    id: "dogecoin",
    names: ["dogecoin", "doge"],
    looks: /^[DA9][1-9A-HJ-NP-Za-km-z]{25,34}$/,
    read: versioned(0x1e, 0x16),
  },
  { id: "dash", names: ["dash"], looks: /^[X7][1-9A-HJ-NP-Za-km-z]{25,34}$/, read: versioned(0x4c, 0x10) },
  {
    id: "zcash",
    names: ["zcash", "zec"],
    looks: /^t[13][1-9A-HJ-NP-Za-km-z]{33}$/,
    read(text) {
      const payload = base58Check(text);
      return payload?.length === 22 && payload[0] === 0x1c && [0xb8, 0xbd].includes(payload[1]!)
        ? text
        : null;
    },
  },
  {
    id: "bitcoin-cash",
    names: ["bitcoincash", "bitcoin-cash", "bch"],
    looks: /^(?:(?:bitcoincash:)?[qp][02-9ac-hj-np-z]{41}|(?:BITCOINCASH:)?[QP][02-9AC-HJ-NP-Z]{41})$/,
    read(text) {
      const bare = text.replace(/^bitcoincash:/i, "");
      return cashAddress("bitcoincash", bare) ? bare.toLowerCase() : null;
    },
  },
  {
    id: "ripple",
    names: ["ripple", "xrp"],
    looks: /^r[1-9A-HJ-NP-Za-km-z]{24,34}$/,
    read(text) {
      const payload = base58Check(text, rippleAlphabet);
      return payload?.length === 21 && payload[0] === 0 ? text : null;
    },
  },
  {
    id: "monero",
    names: ["monero", "xmr"],
    looks: /^(?:[48][1-9A-HJ-NP-Za-km-z]{94}|4[1-9A-HJ-NP-Za-km-z]{105})$/,
    read(text) {
      const bytes = moneroBytes(text);
      return bytes && [18, 19, 42].includes(bytes[0]!) ? text : null;
    },
  },
  {
    id: "cardano",
    names: ["cardano", "ada"],
    looks: /^addr1[02-9ac-hj-np-z]{50,110}$/,
    read: (text) => (bech32(text)?.kind === "bech32" ? text : null),
  },
  {
    id: "cosmos",
    names: ["cosmos", "atom"],
    looks: /^cosmos1[02-9ac-hj-np-z]{38}$/,
    read: (text) => (bech32(text)?.kind === "bech32" ? text : null),
  },
  {
    id: "stellar",
    names: ["stellar", "xlm"],
    looks: /^G[A-Z2-7]{55}$/,
    read(text) {
      const bytes = packed(text, 5);
      if (bytes?.length !== 35 || bytes[0] !== 6 << 3) return null;
      return crc16(bytes.subarray(0, 33)) === (bytes[33]! | (bytes[34]! << 8)) ? text : null;
    },
  },
  {
    id: "ton",
    names: ["ton", "toncoin"],
    looks: /^[EUk0][Qf][A-Za-z0-9_+/-]{46}$/,
    read(text) {
      const bytes = packed(text, 6);
      if (bytes?.length !== 36) return null;
      if (crc16(bytes.subarray(0, 34)) !== ((bytes[34]! << 8) | bytes[35]!)) return null;
      // The same account is written bounceable (EQ) and not (UQ): workchain and hash are what names it.
      const hex = Array.from(bytes.subarray(2, 34), (byte) => byte.toString(16).padStart(2, "0")).join("");
      return (bytes[0]! & 0x80) !== 0 ? null : `${bytes[1] === 0xff ? -1 : bytes[1]!}:${hex}`;
    },
  },
  {
    id: "solana",
    names: ["solana", "sol", "spl"],
    looks: /^[1-9A-HJ-NP-Za-km-z]{43,44}$/,
    checked: false,
    read: (text) => (base58(text)?.length === 32 ? text : null),
  },
];

/** The chain people mean by this name, or null. */
export function chainNamed(name: string): Chain | null {
  const wanted = name.toLowerCase();
  return chains.find((one) => one.id === wanted || one.names.includes(wanted)) ?? null;
}

function read(chain: Chain, address: string): Normalised {
  // A canonical TON account comes back as workchain and hash.
  const done = chain.id === "ton" && /^-?\d{1,2}:[0-9a-f]{64}$/.test(address) ? address : chain.read(address);
  return done === null
    ? unsound("wallet", `${chain.id}:${address}`, "BAD_CHECKSUM")
    : sound(
        "wallet",
        `${chain.id}:${done}`,
        ...(chain.checked === false ? (["NO_CHECKSUM_EXISTS"] as const) : []),
      );
}

/** Reads an address, or `chain:address`; a named chain wins over what the address looks like. */
export function wallet(value: string): Normalised {
  // A token's name says nothing about its chain.
  const text = plain(value)
    .trim()
    .replace(/^(?:usd[tc]|wallet|address)[: ]\s*/i, "");
  if (/\s/.test(text) || text.length > 150) return unsound("wallet", text.slice(0, 150), "NOT_THIS_TYPE");
  const split = /^([a-z][a-z0-9-]{1,14}):(.+)$/i.exec(text);
  const named = split ? chainNamed(split[1]!) : null;
  if (named && split) {
    const address = split[2]!.replace(/^\/\//, "").replace(/[?@].*$/, "");
    const looks =
      named.looks.test(address) || (named.id === "ton" && /^-?\d{1,2}:[0-9a-f]{64}$/.test(address));
    return looks ? read(named, address) : unsound("wallet", `${named.id}:${address}`, "BAD_SHAPE");
  }
  const likely = chains.filter((one) => one.looks.test(text));
  for (const chain of likely) if (chain.read(text) !== null) return read(chain, text);
  const first = likely[0];
  if (first === undefined) return unsound("wallet", text, "NOT_THIS_TYPE");
  return read(first, text);
}
