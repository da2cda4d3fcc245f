// For tests: a PDF read back as its reader would, the text of all its pages.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export async function pagesOf(file: ArrayBuffer | Uint8Array): Promise<string> {
  const data = new Uint8Array(file);
  const read = await getDocument({ data, useSystemFonts: true, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let page = 1; page <= read.numPages; page += 1) {
    const { items } = await (await read.getPage(page)).getTextContent();
    pages.push(items.map((one) => ("str" in one ? one.str : "")).join(" "));
  }
  return pages.join("\n");
}
