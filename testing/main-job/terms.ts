// The main job under others' terms: what Cambodia gave stops at the border until Cambodia permits, and then goes.
import { arrival } from "./asking.ts";
import { expect, type Job, type Ran, type Step } from "./job.ts";

/** Lets the case's evidence out for a prosecutor of the Philippines. */
export const bundleArgs = (job: Job, file: string): string[] => [
  ...["bundle", job.get("case"), "--recipient", "Trafficking Prosecutors, Manila (EXERCISE)"],
  ...["--state", "ph", "--reason", "EXERCISE: letter of request 12/2031", "--to", job.file(file)],
];

/** Asks Cambodia for one use of what it gave; gives the question's id. */
const ask = async (job: Job, records: string, ...use: string[]): Promise<string> => {
  const asked = await job.makes(
    ...(["sari", "permission", "ask", records, "--case", job.get("case"), ...use] as const),
    ...["--basis", "untoc-27", "--reason", "EXERCISE: the Philippines prosecute the same ring."],
  );
  return String(asked["id"]);
};

/** What a stop says: whose it is, and what lifts it. */
function saysTheWayOut(stop: Pick<Ran, "err">["err"], job: Job): void {
  expect(stop.includes("originator=kh"), `the stop does not say whose it is: ${stop}`);
  expect(stop.includes("simpul permission ask"), `the stop does not say the way out: ${stop}`);
  job.say(stop.replaceAll("\n", " "));
}

export const terms: readonly Step[] = [
  {
    title: "Passed on to the Philippines, Cambodia's record is stopped, with the reason and the way out",
    async run(job) {
      const drafted = await job.makes(
        ...(["sari", "request", "draft", job.get("case"), "--to", "ph"] as const),
        ...["--with", `${job.get("recruiter")},TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y`],
        ...["--subject", "EXERCISE: holder of a wallet", "--link", "EXERCISE: took the deposits for tickets"],
        ...["--question", "EXERCISE: who paid into this wallet?", "--why", "EXERCISE: the check found it."],
        ...["--fact", "EXERCISE: the recruiter is known in a third state.", "--reads", "en"],
        ...["--offence", "trafficking-forced-criminality", "--basis", "untoc-27"],
      );
      const request = (job.made.onward = String(drafted["id"]));
      saysTheWayOut(await job.isRefused("sari", "NEEDS_PERMISSION", "request", "submit", request), job);
    },
  },
  {
    title: "A bundle for a court, with Cambodia's item in it, is stopped as well",
    async run(job) {
      saysTheWayOut(
        await job.isRefused("sari", "PERMISSION_NEEDED", ...bundleArgs(job, "too-early.zip")),
        job,
      );
    },
  },
  {
    title: "Permission: asked of Cambodia, decided there by a named officer with a second factor",
    async run(job) {
      const both = `${job.get("recruiter")},${job.get("registration")}`;
      const onward = await ask(job, both, "--to", "ph");
      const court = await ask(job, job.get("registration"), "--court", "EXERCISE: court at Manila");
      for (const id of [onward, court]) {
        await job.until("the question in Cambodia", async () => {
          const list = await job.does("rithy", "permission", "list", "--box", "incoming");
          return list.find((one) => one["id"] === id && one["state"] === "delivered");
        });
        await job.makes(
          ...(["rithy", "permission", "decide", id, "--grant", "all"] as const),
          ...["--conditions", "EXERCISE: not to be shown to the press.", "--reason", "EXERCISE: same ring"],
        );
        await job.until("the permission in Indonesia", async () => {
          const { state } = await job.makes("sari", "permission", "show", id);
          return state === "conditions" ? true : null;
        });
      }
      job.made.permissions = [onward, court];
      job.say("Cambodia permits passing on to the Philippines and use in court, on its condition.");
    },
  },
  {
    title: "The record goes to the Philippines, and Cambodia's permission travels with it",
    async run(job) {
      const request = job.get("onward");
      await job.makes("sari", "request", "submit", request);
      await job.makes("agus", "request", "approve", request, "--reason", "EXERCISE: proportionate");
      const reference = await job.until("the request delivered", async () => {
        const view = await job.makes("sari", "request", "show", request);
        return (view["threads"] as { reference: string }[])[0]?.reference || null;
      });
      const arrived = await arrival(job, "grace", reference);
      const view = await job.makes("grace", "request", "show", arrived);
      const records = view["records"] as { id: string; originator: string; grants: { action: string }[] }[];
      const melly = records.find((one) => one.id === job.get("recruiter"));
      expect(melly?.originator === "kh", "the record came without its originator");
      expect(
        melly.grants.some((one) => one.action === "onward"),
        "the permission did not travel along",
      );
      job.say(`The Philippines hold ${reference}: the record is still Cambodia's, and says so.`);
    },
  },
];
