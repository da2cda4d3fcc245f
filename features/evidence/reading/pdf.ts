// The text of a PDF, page by page, by pdf.js without scripts, fonts or anything fetched.
import { createRequire } from "node:module";
import path from "node:path";
import { ReadingError } from "../contract.ts";
import { whole, type Ask, type Opened, type RawPart } from "./reader.ts";

const folder = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));

export async function readPdf(ask: Ask): Promise<Opened> {
  const bytes = await whole(ask);
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const loading = getDocument({
    // It takes the bytes over, so they are copied once.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${path.join(folder, "cmaps")}/`,
    cMapPacked: true,
    standardFontDataUrl: `${path.join(folder, "standard_fonts")}/`,
  });
  const document = await loading.promise.catch((fault: unknown) => {
    const { name } = fault as Error;
    throw new ReadingError(name === "PasswordException" ? "PASSWORD_PROTECTED" : "TORN", {}, fault);
  });
  async function* parts(): AsyncGenerator<RawPart> {
    let empty = 0;
    try {
      for (let number = 1; number <= document.numPages; number++) {
        const page = await document.getPage(number);
        const { items } = await page.getTextContent();
        const text = items
          .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
          .join("")
          .trim();
        if (text === "") empty += 1;
        else yield { kind: "page", label: String(number), text };
        page.cleanup();
        ask.progress(number / document.numPages);
      }
    } catch (fault) {
      throw new ReadingError("TORN", {}, fault);
    } finally {
      await loading.destroy();
    }
    if (empty > 0) ask.warn({ code: "NO_TEXT_IN_PAGES", facts: { pages: empty } });
  }
  return { kind: "pdf", encoding: null, parts: parts() };
}
