// `simpul log` and `simpul ledger`: looking back at the command line, as the oversight room does.
import { writeFile } from "node:fs/promises";
import { ClientError, exits, json, signedIn, withQuery } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import type { LedgerStanding, LogEntry, LogPage, ProvenEntry } from "./contract.ts";

const base = "/api/oversight";

/** Who, what, where, and the policies that allowed it. */
const entryLine = (one: LogEntry): string =>
  [
    one.at,
    one.log === "reads" ? "read" : "act",
    one.kind,
    one.officer?.nameLatin ?? one.officer?.name ?? one.actor,
    one.purpose,
    one.case?.number ?? "-",
    one.because.join(" ") || "-",
    one.id,
  ].join("\t");

export const logCommand = defineCommand({
  meta: {
    name: "log",
    description: "who did and read what, newest first (oversight); --prove ID --to FILE takes a proof along",
    example: "simpul log --case ID-2031-000417 --kind request. --most 20",
  },
  args: {
    case: { type: "string", description: "only about this case, e.g. ID-2031-000417" },
    record: { type: "string", description: "only about this record, by id: an item, a request" },
    purpose: { type: "string", description: "only for this purpose, e.g. crime-investigation" },
    officer: { type: "string", description: "only of this officer, by id" },
    kind: { type: "string", description: "begins with, e.g. `case.` or `evidence.sealed`" },
    log: { type: "string", description: "main for acts, reads for looks; both unless given" },
    most: { type: "string", default: "100", description: "how many lines" },
    prove: { type: "string", description: "one entry, by id (with --log)" },
    to: { type: "string", description: "the file to write the proof to, for `simpul verify`" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      if (args.prove !== undefined) {
        const path = `${base}/log/${args.log ?? "main"}/${encodeURIComponent(args.prove)}`;
        const proven = await door.call<ProvenEntry>("GET", path);
        if (args.to !== undefined) {
          if (proven.proof === null)
            throw new ClientError(
              "UNUSABLE",
              "it stands under a signed head in some seconds; try again then",
            );
          await writeFile(args.to, proven.proof.file);
        }
        out.result(proven, entryLine(proven.entry));
        return exits.done;
      }
      const most = Number(args.most);
      if (!(most >= 1 && most <= 100_000)) throw new ClientError("UNUSABLE", "--most takes 1 to 100000");
      let left = most;
      let before: string | null = null;
      do {
        const { case: of, officer, kind, log, record, purpose } = args;
        const query = {
          limit: String(Math.min(left, 500)),
          case: of,
          officer,
          kind,
          log,
          record,
          purpose,
          before,
        };
        const page: LogPage = await door.call("GET", withQuery(`${base}/log`, query));
        for (const one of page.entries) out.result(one, entryLine(one));
        left -= page.entries.length;
        before = page.next;
      } while (before !== null && left > 0);
      return exits.done;
    }),
});

export const ledgerCommand = defineCommand({
  meta: {
    name: "ledger",
    description: "how far the logs are signed, and which states cosigned (oversight)",
    example: "simpul ledger",
  },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const standing = await door.call<LedgerStanding>("GET", `${base}/ledger`);
      for (const one of standing.logs) {
        const by = one.cosigned.map(({ node, size }) => `${node} ${size}`).join(", ") || "-";
        out.result(one, [one.log, one.size, one.signedAt ?? "not signed yet", `cosigned: ${by}`].join("\t"));
        if (one.cosignersKnow !== null)
          out.say(`${one.log}: cosigners have signed ${one.cosignersKnow} leaves, more than are here`);
      }
      for (const one of standing.cosigns)
        out.result(one, ["cosigned for", one.origin, one.size, one.at].join("\t"));
      for (const { origin, seenAt } of standing.splitViews)
        out.say(`${origin} showed two histories, seen ${seenAt}`);
      return standing.splitViews.length === 0 ? exits.done : exits.refused;
    }),
});
