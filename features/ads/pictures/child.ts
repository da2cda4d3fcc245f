// The process in which one picture is read: a bomb, a torn file or an endless page ends it and nothing else.
import { NotRead, prepare, readPicture } from "./engine.ts";
import type { FromReader, ToReader } from "./run.ts";

const last = (message: FromReader): void => void process.send!(message, () => process.disconnect());

async function read({ bytes, languages }: ToReader): Promise<void> {
  try {
    const { png, preview } = await prepare(bytes);
    process.send!({ kind: "preview", preview } satisfies FromReader);
    const found = await readPicture(png, languages, (done) => void process.send!({ kind: "done", done } satisfies FromReader)); // prettier-ignore
    last({ kind: "read", read: found });
  } catch (fault) {
    last({ kind: "refused", code: fault instanceof NotRead ? fault.code : "PICTURE_UNREAD" });
  }
}

process.on("message", (start: ToReader) => void read(start));
// Nobody is left to read for.
process.on("disconnect", () => process.exit(0));
