// One entry of a log, as oversight saves it: checked against a policy on this machine alone.
import { open } from "node:fs/promises";
import { LedgerError, parseEntryFile, parsePolicy, proveEntry } from "@simpul/ledger";
import type { EntryFile } from "@simpul/ledger";
import { SimpulError } from "@simpul/model";
import type { Check } from "@simpul/evidence/bundle";
import { nodeVerifying } from "@simpul/store/keys";

/** Past this, a file is no single entry. */
const most = 1_000_000;

/** The entry in a file; null when it holds something else, such as a bundle. Throws `NOT_AN_ENTRY_FILE`. */
export async function readEntryFile(file: string): Promise<EntryFile | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const about = await handle.stat();
    if (!about.isFile() || about.size > most) return null;
    return parseEntryFile(await handle.readFile("utf8"));
  } finally {
    await handle.close();
  }
}

/** What was checked; an entry without a policy is never proven, because it cannot vouch for itself. */
export async function checkEntry(file: EntryFile, policy: string | null): Promise<Check[]> {
  if (policy === null)
    return [{ check: "policy", ok: false, says: "give --policy, a file that came by another way" }];
  try {
    const proven = await proveEntry(file, parsePolicy(policy, nodeVerifying), nodeVerifying);
    const by = proven.cosigned.map(
      ({ key, time }) => `${key.name} at ${new Date(time * 1000).toISOString()}`,
    );
    const what = file.record === null ? "an entry whose text was destroyed" : "this record";
    return [
      { check: "entry", ok: true, says: `${what} stands at place ${proven.index} of ${proven.log.name}` },
      {
        check: "head",
        ok: true,
        says: `${proven.head.size} entries, cosigned by ${by.join(", ") || "nobody"}`,
      },
    ];
  } catch (fault) {
    if (!(fault instanceof SimpulError)) throw fault;
    if (fault instanceof LedgerError && fault.code === "NOT_A_POLICY") throw fault;
    return [{ check: "entry", ok: false, says: fault.message }];
  }
}
