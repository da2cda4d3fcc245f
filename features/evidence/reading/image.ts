// What a picture says about itself: size and metadata. Its words are not read here.
import exifr from "exifr";
import sharp from "sharp";
import { ReadingError } from "../contract.ts";
import { whole, type Ask, type Opened, type RawPart } from "./reader.ts";

const pixels = 300_000_000;

export async function readImage(ask: Ask): Promise<Opened> {
  const bytes = Buffer.from(await whole(ask));
  const size = await sharp(bytes, { limitInputPixels: pixels })
    .metadata()
    .catch((fault: unknown) => {
      throw new ReadingError("TORN", {}, fault);
    });
  // A header may be whole where the picture is torn: decode it once, small.
  await sharp(bytes, { limitInputPixels: pixels, failOn: "truncated" })
    .resize(64, 64, { fit: "inside" })
    .raw()
    .toBuffer()
    .catch((fault: unknown) => {
      throw new ReadingError("TORN", {}, fault);
    });
  const found = (await exifr
    .parse(bytes, { tiff: true, exif: true, gps: true, iptc: true, xmp: true })
    .catch(() => undefined)) as Record<string, unknown> | undefined;
  // eslint-disable-next-line @typescript-eslint/require-await -- readers stream; this format comes whole
  async function* parts(): AsyncGenerator<RawPart> {
    yield { kind: "field", label: "size", text: `${size.width} × ${size.height} ${size.format}` };
    for (const [label, value] of Object.entries(found ?? {})) {
      const text =
        value instanceof Date
          ? value.toISOString()
          : ["string", "number"].includes(typeof value)
            ? String(value)
            : null;
      if (text !== null && text !== "")
        yield { kind: "field", label, text: `${label}: ${text.slice(0, 4000)}` };
    }
  }
  return { kind: "image", encoding: null, parts: parts() };
}
