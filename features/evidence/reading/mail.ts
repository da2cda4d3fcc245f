// A mail as it was stored: its heads, its text, and every attachment that can be read as text.
import PostalMime from "postal-mime";
import { ReadingError } from "../contract.ts";
import { textOfHtml } from "./html.ts";
import { sourceOf, whole, type Ask, type Opened, type RawPart, type Read } from "./reader.ts";

export async function readMail(ask: Ask, read: Read): Promise<Opened> {
  const bytes = await whole(ask);
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 32, maxHeadersSize: 2_000_000 }).catch(
    (fault: unknown) => {
      throw new ReadingError("TORN", {}, fault);
    },
  );
  if (mail.headers.length === 0) throw new ReadingError("TORN");
  async function* parts(): AsyncGenerator<RawPart> {
    const sender = mail.from?.address ?? mail.from?.name;
    const sent =
      mail.date !== undefined && !Number.isNaN(Date.parse(mail.date))
        ? new Date(mail.date).toISOString().replace(".000Z", "Z")
        : undefined;
    for (const { originalKey, value } of mail.headers)
      if (
        /^(from|to|cc|bcc|reply-to|sender|date|message-id|received|x-originating-ip|return-path|user-agent|x-mailer)$/i.test(
          originalKey,
        )
      )
        yield {
          kind: "field",
          label: originalKey,
          text: `${originalKey}: ${decoded(mail, originalKey) ?? value}`,
        };
    if (mail.subject) yield { kind: "field", label: "Subject", text: `Subject: ${mail.subject}` };
    const lines =
      mail.text !== undefined && mail.text.trim() !== ""
        ? mail.text.split(/\r?\n\s*\r?\n/)
        : textOfHtml(mail.html ?? "").lines;
    for (const line of lines)
      if (line.trim() !== "")
        yield { kind: "message", text: line.trim(), ...(sender && { sender }), ...(sent && { at: sent }) };
    for (const attachment of mail.attachments)
      yield* inside(attachment.filename ?? "attachment", attachment.mimeType, attachment.content);
  }
  async function* inside(
    name: string,
    type: string,
    content: ArrayBuffer | Uint8Array | string,
  ): AsyncGenerator<RawPart> {
    const data = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
    yield { kind: "field", label: name, text: `[${name}] ${type}, ${data.length} B` };
    try {
      if (ask.depth >= 2) throw new ReadingError("NOT_A_KNOWN_KIND");
      const opened = await read({
        ...ask,
        source: sourceOf(data),
        name,
        depth: ask.depth + 1,
        progress: () => undefined,
      });
      for await (const part of opened.parts)
        yield { ...part, label: part.label === undefined ? name : `${name} ${part.label}` };
    } catch (fault) {
      if (!(fault instanceof ReadingError)) throw fault;
      ask.warn({ code: "ATTACHMENT_NOT_READ", facts: { why: fault.code } });
    }
  }
  return { kind: "mail", encoding: null, parts: parts() };
}

function decoded(mail: Awaited<ReturnType<typeof PostalMime.parse>>, header: string): string | null {
  const people = {
    from: mail.from ? [mail.from] : undefined,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    "reply-to": mail.replyTo,
    sender: mail.sender ? [mail.sender] : undefined,
  }[header.toLowerCase()];
  return (
    people
      ?.map((one) => (one.name ? `${one.name} <${one.address ?? ""}>` : (one.address ?? "")))
      .join(", ") ?? null
  );
}
