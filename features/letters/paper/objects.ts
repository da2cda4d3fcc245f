// The numbered objects of a PDF file, and the file they make (ISO 32000-1, 7.5).
import { deflateSync } from "node:zlib";

export const literal = (text: string): string => `(${text.replaceAll(/[\\()]/g, "\\$&")})`;

/** The objects of one file, by number. */
export class Objects {
  private readonly list: (Buffer | null)[] = [];
  reserve(): number {
    return this.list.push(null);
  }
  put(at: number, text: string): void {
    this.list[at - 1] = Buffer.from(text, "latin1");
  }
  add(text: string): number {
    return this.list.push(Buffer.from(text, "latin1"));
  }
  stream(bytes: Buffer, font = false): number {
    const packed = deflateSync(bytes, { level: 9 });
    const head = `<</Length ${String(packed.length)}/Filter/FlateDecode${font ? `/Length1 ${String(bytes.length)}` : ""}>>stream\n`;
    return this.list.push(Buffer.concat([Buffer.from(head, "latin1"), packed, Buffer.from("\nendstream")]));
  }
  file(catalog: number, info: number): Uint8Array<ArrayBuffer> {
    const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
    let at = parts[0]!.length;
    const places = this.list.map((body, index) => {
      const place = at;
      const part = Buffer.concat([
        Buffer.from(`${String(index + 1)} 0 obj\n`),
        body ?? Buffer.from("null"),
        Buffer.from("\nendobj\n"),
      ]);
      parts.push(part);
      at += part.length;
      return place;
    });
    const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
    const size = String(places.length + 1);
    parts.push(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root ${String(catalog)} 0 R/Info ${String(info)} 0 R>>\nstartxref\n${String(at)}\n%%EOF\n`,
        "latin1",
      ),
    );
    return Uint8Array.from(Buffer.concat(parts));
  }
}
