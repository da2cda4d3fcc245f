// Text as lines, decoded as it streams; a line without end is cut where it can be.
import iconv from "iconv-lite";
import type { ReadingWarning } from "../contract.ts";
import { guessEncoding, type Encoding } from "./encoding.ts";
import { pieces, type Ask } from "./reader.ts";

export interface Lines {
  encoding: Encoding;
  /** The first lines, to see what kind of text it is; they come again in `lines`. */
  head: string[];
  lines(): AsyncGenerator<string>;
  /** All of it as one stream of text. */
  text(): AsyncGenerator<string>;
}

const longest = 1_000_000;

export async function openLines(ask: Ask): Promise<Lines> {
  const { encoding, skip, warnings } = await guessEncoding(ask.source);
  warnings.forEach((warning: ReadingWarning) => ask.warn(warning));
  async function* text(): AsyncGenerator<string> {
    const decoder = decoderOf(encoding);
    let first = true;
    for await (const piece of pieces(ask.source, ask.progress)) {
      yield decoder.write(first ? piece.subarray(skip) : piece);
      first = false;
    }
    yield decoder.end();
  }
  async function* lines(): AsyncGenerator<string> {
    let rest = "";
    for await (const some of text()) {
      const found = (rest + some).split(/\r\n|\n|\r(?!$)|\u2028|\u0085/);
      rest = found.pop()!;
      yield* found;
      for (; rest.length > longest; rest = rest.slice(longest)) yield rest.slice(0, longest);
    }
    if (rest !== "") yield rest.replace(/\r$/, "");
  }
  const head: string[] = [];
  const sample = decoderOf(encoding);
  const bytes = await ask.source.range(0, 65_536);
  head.push(
    ...sample
      .write(bytes.subarray(skip))
      .split(/\r\n|\n|\r/)
      .slice(0, 200),
  );
  return { encoding, head, lines, text };
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === "utf-8") {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
    end: () => decoder.end() ?? "",
  };
}
