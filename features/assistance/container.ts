// What a file is to whoever has to open it; words: `assistance.container.<kind>` (MLA-9).
type Container =
  "text" | "table" | "pdf" | "image" | "audio" | "video" | "page" | "mail" | "archive" | "other";
const containerKinds: readonly (readonly [RegExp, Container])[] = [
  [/^text\/(csv|tab-separated-values)|spreadsheet|ms-excel/, "table"],
  [/^text\/html|multipart\/related|warc/, "page"],
  [/^message\/|ms-outlook/, "mail"],
  [/^text\/|json|xml$/, "text"],
  [/pdf$/, "pdf"],
  [/^image\//, "image"],
  [/^audio\//, "audio"],
  [/^video\//, "video"],
  [/zip|tar|7z|rar|gzip/, "archive"],
];
export const containerOf = (mediaType: string): Container =>
  containerKinds.find(([form]) => form.test(mediaType))?.[1] ?? "other";
