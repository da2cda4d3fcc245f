// The two papers of a bundle, READ-ME-FIRST and the certificate: plain pages without script, in English and at home's.
//
// HTML and not PDF: any machine opens and prints it, every script of the region comes out right, and a sceptic reads
// its source (docs/decisions/0012).
import { wordsFromFiles } from "@simpul/doors/i18n/node";
import type { Words } from "@simpul/doors/i18n";
import { Handling, type Id } from "@simpul/model";
import { bundlePaths } from "@simpul/evidence/bundle";
import type { Making } from "./bundle.ts";
import { originalPath, type GatheredItem } from "./gather.ts";
import type { ExportNode } from "./node.ts";

const folder = new URL("./words/", import.meta.url);

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const plain = (text: string): string => text.replaceAll(/[&<>"]/g, (mark) => escapes[mark]!);

const tag = (name: string, text: string): string => `<${name}>${plain(text)}</${name}>`;
const code = (text: string): string => `<pre dir="ltr"><code>${plain(text)}</code></pre>`;
const rows = (pairs: readonly (readonly [string, string])[]): string =>
  `<table>${pairs.map(([head, value]) => `<tr><th scope="row">${plain(head)}</th><td>${plain(value)}</td></tr>`).join("")}</table>`;

const style = `body{font:11pt/1.6 "Noto Sans","Noto Sans Khmer","Khmer OS",sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;overflow-wrap:anywhere;padding:.25rem .5rem;text-align:left;vertical-align:top}
th[scope=row]{width:14rem}pre{overflow-wrap:anywhere;white-space:pre-wrap;background:#f3f3f3;padding:.5rem}
.mark{border:3px double;font-weight:700;padding:.5rem;text-align:center}section+section{border-top:2px solid;margin-top:2rem}
.access :is(th,td):not(:last-child){overflow-wrap:normal}article{break-inside:avoid-page}@media print{body{margin:0;max-width:none}}`;

function page(title: string, node: ExportNode, parts: readonly { words: Words; html: string }[]): string {
  const sections = parts.map(
    ({ words, html }) => `<section lang="${words.locale}" dir="${words.direction}">${html}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${plain(title)}</title><style>${style}</style></head>
<body>${node.exercise ? '<p class="mark">EXERCISE · LATIHAN · លំហាត់ · PAGSASANAY</p>' : ""}
${sections.join("\n")}
</body></html>
`;
}

type Keys = readonly { name: string; keyid: string }[];

/** Path and text of each paper. */
export function papers(node: ExportNode, making: Making, keys: Keys): [string, string][] {
  const locales = [...new Set(["en", node.language] as const)];
  const all = locales.map((locale) => wordsFromFiles(locale, [folder], { timeZone: "UTC" }));
  const both = (write: (words: Words) => string) => all.map((words) => ({ words, html: write(words) }));
  return [
    [
      "READ-ME-FIRST.html",
      page(
        "READ ME FIRST",
        node,
        both((words) => readMe(words, node, making, keys)),
      ),
    ],
    [
      "certificate.html",
      page(
        "Certificate",
        node,
        both((words) => certificate(words, node, making)),
      ),
    ],
  ];
}

const about = (words: Words, node: ExportNode, { row, items, at }: Making): string =>
  rows([
    [words.say("paper.from"), `${words.state(node.code)} · ${row.case_number}`],
    [words.say("paper.to"), `${row.recipient} · ${words.state(row.recipient_state)}`],
    [words.say("paper.purpose"), words.say(`purpose.${row.purpose}`)],
    [words.say("paper.made"), `${at.toISOString()} (UTC)`],
    [words.say("paper.items"), words.number(items.length)],
    [words.say("paper.bundle"), row.id],
  ]);

function readMe(words: Words, node: ExportNode, making: Making, keys: Keys): string {
  const { say } = words;
  const first = making.items[0]!;
  const signer = keys.find((one) => one.name.startsWith(`${node.code}-`))!;
  const openssl = [
    `openssl pkeyutl -verify -pubin -inkey ${bundlePaths.key(signer.name)} \\`,
    `  -rawin -in ${bundlePaths.signedBytes(first.id, 1)} \\`,
    `  -sigfile ${bundlePaths.signature(first.id, 1, signer.name)}`,
  ].join("\n");
  return [
    tag("h1", say("paper.readMe")),
    tag("p", say("paper.what")),
    about(words, node, making),
    making.proven
      ? tag(
          "p",
          say("paper.proven", { states: words.list(making.policy.cosigners.map((one) => words.state(one))) }),
        )
      : `<p class="mark">${plain(say("paper.follow"))} ${plain(making.row.unproven ?? "")}</p>`,
    tag("h2", say("paper.check")),
    tag("h3", say("paper.check.files")),
    tag("p", say("paper.check.files.how")),
    code("sha256sum -c manifest-sha256.txt\nsha256sum -c tagmanifest-sha256.txt"),
    tag("h3", say("paper.check.signatures")),
    tag("p", say("paper.check.signatures.how")),
    code(openssl),
    tag("h3", say("paper.check.all")),
    tag("p", say("paper.check.all.how")),
    code("node verify/verify.mjs . --policy POLICY.txt"),
    tag("p", say("paper.policy")),
    rows([
      [say("paper.policy.digest"), making.policy.digest],
      ...keys.map((key) => [key.name, key.keyid] as const),
    ]),
    tag("h2", say("paper.where")),
    rows([
      ["data/items/", say("paper.where.data")],
      ["records/", say("paper.where.records")],
      ["proofs/", say("paper.where.proofs")],
      ["trust/", say("paper.where.trust")],
      ["certificate.html", say("paper.where.certificate")],
      [bundlePaths.caseManifest, say("paper.where.case")],
    ]),
    tag("p", say("paper.limits")),
  ].join("\n");
}

function certificate(words: Words, node: ExportNode, making: Making): string {
  const { say } = words;
  return [
    tag("h1", say("paper.certificate")),
    tag("p", say("paper.certificate.what")),
    about(words, node, making),
    ...making.items.map((item) => exhibit(words, making, item)),
    rows([
      [say("paper.name"), ""],
      [say("paper.signature"), ""],
      [say("paper.date"), ""],
    ]),
  ].join("\n");
}

/** One item: what it is, how it was taken, under which terms, and who had it in hand. */
function exhibit(words: Words, { names, row }: Making, item: GatheredItem): string {
  const { say } = words;
  const shown = (name: string): string => say(`paper.field.${name}`);
  const terms = Handling.union([item.handling]);
  const facts: (readonly [string, string])[] = [
    [say("paper.file"), originalPath(item)],
    ["SHA-256", item.digest],
    [say("paper.size"), `${words.number(item.size)} B · ${item.mediaType}`],
    [say("paper.taken"), `${item.takenAt.toISOString()} (UTC)`],
    ...item.shown.map(({ name, value }) => [shown(name), value] as const),
    [say("paper.owner"), words.state(item.originator)],
    [
      say("paper.terms"),
      [
        ...terms.codes.map((one) => say(`handling.${one}`, { owner: words.state(item.originator) })),
        item.handling.text ?? "",
      ]
        .filter(Boolean)
        .join("; "),
    ],
    // What is our own we let go ourselves: this bundle is the permission for its recipient.
    ...(item.foreign
      ? []
      : [[say("paper.permission"), say("paper.permission.own", { recipient: row.recipient })] as const]),
    ...item.permissions.map(({ id }) => [say("paper.permission"), bundlePaths.permission(id)] as const),
  ];
  const who = (actor: string): string => {
    const id = actor.startsWith("officer:") ? (actor.slice(8) as Id) : null;
    // Names of officers go along only where the officer let that fact be shown.
    const named = item.shown.some(({ name }) => name === "officerName");
    return id !== null && named ? (names.get(id) ?? id) : actor;
  };
  const head = ["paper.event", "paper.when", "paper.who", "paper.statement"].map(
    (key) => `<th scope="col">${plain(say(key))}</th>`,
  );
  const lines = item.statements.map(
    ({ event, at, actor, digest }) =>
      `<tr>${[say(`paper.event.${event}`), at.toISOString(), who(actor), digest].map((cell) => tag("td", cell)).join("")}</tr>`,
  );
  return `<article><h2>${plain(say("paper.item"))} <code>${item.id}</code></h2>${rows(facts)}
<h3>${plain(say("paper.access"))}</h3><table class="access"><tr>${head.join("")}</tr>${lines.join("")}</table></article>`;
}
