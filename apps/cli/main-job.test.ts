// The main job of Simpul as officers type it, through the real commands, over three real nodes.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { casesNode, checksNode } from "@simpul/server";
import { buildIndex } from "@simpul/features/checks/holding/build.ts";
import { typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Job, steps, type Officer, type Ran } from "../../testing/main-job/index.ts";
import { nations, type Nation } from "../../testing/nations.ts";
import { simpul } from "./simpul.ts";

let all: Record<"id" | "kh" | "ph", Nation>;
let job: Job;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-main-job-"));
  all = await nations("id", "kh", "ph");
  const { id, kh, ph } = all;
  for (const { node } of [kh, ph]) await buildIndex(checksNode(node, casesNode(node)));
  const addresses = { id: id.web.address, kh: kh.web.address, ph: ph.web.address };
  job = new Job({ addresses, folder, run, say: () => undefined });
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** One command in this process, in the officer's own profile; the ledgers do not wait for their clock meanwhile. */
async function run(who: Officer, args: readonly string[]): Promise<Ran> {
  process.env["SIMPUL_CLI_HOME"] = path.join(folder, who);
  const signing = args[0] === "bundle" ? setInterval(() => void cosigned(), 700) : undefined;
  try {
    const { text, wrong, exit } = await typed(simpul, args);
    return { code: exit, out: text, err: wrong };
  } finally {
    clearInterval(signing);
  }
}

async function cosigned(): Promise<void> {
  await all.id.node.ledger.sequence(true);
  await all.id.node.peering.cosign();
}

let broken = false;
let done = 0;
test.each(steps.map((step, nth) => [nth + 1, step.title, step] as const))(
  "%i %s",
  { timeout: 60_000 },
  async (nth, _title, step) => {
    // Every step stands on the ones before it: the first that fails is the one to read.
    expect(broken, "an earlier step failed").toBe(false);
    broken = true;
    await step.run(job);
    broken = false;
    expect(nth).toBe(++done);
  },
);

test("the job is played whole, from the phone to the look back", () => {
  expect(done).toBe(steps.length);
  expect(job.made).toMatchObject({ reference: expect.stringMatching(/^ID-KH-\d{4}-\d{6}$/) as string });
});

test("told of a step that went wrong, it stops with the command and what was said", async () => {
  const wrong = job.does("sari", "case", "show", "ID-2031-999999");
  await expect(wrong).rejects.toThrow(/sari: simpul case show ID-2031-999999\nended with 1: .*NOT_FOUND/);
  await expect(job.isRefused("sari", "NOT_FOUND", "whoami")).rejects.toThrow("was not refused");
});

test("what is named in flags is in the case, or is said to be nothing of it", async () => {
  const words = ["--subject", "EXERCISE", "--with"];
  const ask = ["request", "draft", job.get("case"), "--to", "kh", ...words];
  const said = await job.isRefused("sari", "UNUSABLE", ...ask, "+6285499999999");
  expect(said).toContain(`+6285499999999 is nothing in ${job.get("case")}`);
  await job.isRefused("sari", "PROTECTED_PERSON", ...ask, "+6285400002318");
  const nowhere = ["request", "draft", job.get("case"), "--to", "th", "--subject", "EXERCISE"];
  await job.isRefused("sari", "found nothing in th", ...nowhere, "--hit", job.get("check"));
});
