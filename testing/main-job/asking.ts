// The main job between states: a check that shows no value, a request from its hit, an answer under the giver's terms.
import { recruiter, wallet, worker } from "./at-home.ts";
import { expect, storyFile, type Job, type Line, type Step } from "./job.ts";

interface Thread {
  peer: string;
  reference: string;
  state: string;
  clock: { state: string; due: string | null } | null;
}
const threadOf = (request: Line): Thread => (request["threads"] as Thread[])[0]!;

/** The request as it stands with the state asked, once it stands so. */
export const stands = (job: Job, request: string, state: string): Promise<Line> =>
  job.until(`request ${request} ${state}`, async () => {
    const view = await job.makes("sari", "request", "show", request);
    return threadOf(view).state === state ? view : null;
  });

/** The same request on the other side, found by the reference that both write. */
export const arrival = (job: Job, who: "sophea" | "grace", reference: string): Promise<string> =>
  job.until(`${reference} in the inbox of ${who}`, async () => {
    const list = await job.does(who, "requests", "--box", "incoming", "--find", reference);
    return list[0] === undefined ? null : String(list[0]["id"]);
  });

const hitIn = (lines: readonly Line[], value: string, state: string): unknown =>
  lines.find((one) => String(one["canonical"]).endsWith(value) && one["state"] === state)?.["result"];

export const asking: readonly Step[] = [
  {
    title: "Check: two states are asked without being shown what",
    async run(job) {
      const number = job.get("case");
      const law = ["--offence", "trafficking-forced-criminality", "--basis", "untoc-27"];
      const own = ["check", number, "--selectors", worker, ...law];
      const said = await job.isRefused("sari", "NEVER_ASKED", ...own);
      job.say(`The worker's own number is never put before another state: ${said}`);
      // The index of a node that was just started is made within seconds.
      const lines = await job.until("a hit in Cambodia and one in the Philippines", async () => {
        const ask = [
          "--states",
          "kh,ph",
          "--offence",
          "trafficking-forced-criminality",
          "--basis",
          "untoc-27",
        ];
        const asked = await job.does("sari", "check", number, ...ask);
        const both = hitIn(asked, recruiter, "kh") === "hit" && hitIn(asked, wallet, "ph") === "hit";
        if (!both) await new Promise((resolve) => void setTimeout(resolve, 3000));
        return both ? asked : null;
      });
      expect(hitIn(lines, recruiter, "ph") === "no-hit", "the recruiter's phone is not known in ph");
      expect(hitIn(lines, wallet, "kh") === "no-hit", "the wallet is not known in kh");
      expect(hitIn(lines, worker, "kh") === undefined, "the worker's number was asked");
      job.made.check = String(lines[0]!["check"]);
      job.say(
        "Cambodia knows the recruiter's phone, the Philippines know the wallet; neither learned which.",
      );
    },
  },
  {
    title: "Ask: the hit becomes a request to Cambodia, and does not leave by one person's word",
    async run(job) {
      const number = job.get("case");
      const drafted = await job.makes(
        ...(["sari", "request", "draft", number, "--to", "kh", "--hit", job.get("check")] as const),
        ...[
          "--subject",
          "EXERCISE: holder of a recruiter's number",
          "--link",
          "EXERCISE: recruited the worker",
        ],
        ...["--question", "EXERCISE: who used this number, where and with whom?"],
        ...["--fact", "EXERCISE: a returned worker was recruited by this number in February 2031."],
        ...["--why", "EXERCISE: the private check found it with you.", "--court", "--reads", "en,km"],
      );
      const request = (job.made.request = String(drafted["id"]));
      await job.makes("sari", "request", "submit", request);
      await job.isRefused("sari", "", "request", "approve", request);
      job.say(`Request ${request} waits at the liaison desk; its author cannot let it go.`);
      await job.makes("agus", "request", "approve", request, "--reason", "EXERCISE: proportionate");
      const sent = await job.until("the request delivered", async () => {
        const view = await job.makes("sari", "request", "show", request);
        return ["delivered", "opened", "in-work"].includes(threadOf(view).state) ? view : null;
      });
      job.made.reference = threadOf(sent).reference;
      job.say(`Approved by the liaison officer with a second factor, delivered as ${job.get("reference")}.`);
    },
  },
  {
    title: "In Cambodia it stands with its clock, and a desk is given the work",
    async run(job) {
      const arrived = (job.made.arrived = await arrival(job, "sophea", job.get("reference")));
      const view = await job.makes("sophea", "request", "show", arrived);
      const { clock } = threadOf(view);
      expect(clock?.state === "running" && clock.due !== null, "its clock does not run");
      expect(!JSON.stringify(view).includes(job.get("case")), "the case's number left the country");
      job.say(`Cambodia's contact point sees ${job.get("reference")}, to be answered by ${clock.due}.`);
      await job.isRefused("sreymom", "NOT_FOUND", "request", "show", arrived);
      await job.makes("sophea", "request", "assign", arrived, "--desk", "sreymom");
      await job.makes("sreymom", "request", "show", arrived);
      job.say("Assigned to the police desk, and only now seen there.");
    },
  },
  {
    title: "The desk answers with a record and an item, each under its terms",
    async run(job) {
      const arrived = job.get("arrived");
      const found = await job.does("sreymom", "cases", "--find", recruiter);
      const own = found.find((one) => String(one["number"]).startsWith("KH-"));
      expect(own !== undefined, "no Cambodian case knows the number");
      const number = String(own["number"]);
      const taken = ["take-in", storyFile("kh-hotel-registration.csv"), "--case", number];
      const item = (job.made.registration = String((await job.makes("sreymom", ...taken))["id"]));
      await job.makes(
        ...(["sreymom", "request", "answer", arrived, "--case", number] as const),
        ...["--text", "លំហាត់៖ លេខនេះមាននៅក្នុងបញ្ជីស្នាក់នៅ ថ្ងៃទី ៥ និង ១១ ខែកុម្ភៈ។", "--language", "km"],
        ...["--with", `Melly,${item}`, "--handling", "H1,H2", "--grade", "B2", "--for-case"],
        ...["--searched", "own-cases,evidence-room", "--submit"],
      );
      await job.isRefused("sreymom", "", "request", "release", arrived);
      await job.makes("rithy", "request", "release", arrived, "--reason", "EXERCISE: checked");
      await stands(job, job.get("request"), "answered");
      job.say(
        "Written by the desk, released by a second person: not for court and not onward without asking.",
      );
    },
  },
  {
    title: "Indonesia reads the answer: a foreign record and sealed foreign evidence at its case",
    async run(job) {
      const number = job.get("case");
      const item = job.get("registration");
      const held = await job.until("the item in the evidence room", async () => {
        const lines = await job.does("sari", "request", "received", number);
        const one = lines.find((line) => line["id"] === item);
        return (one?.["arrival"] as { state: string } | undefined)?.state === "sealed" ? lines : null;
      });
      const melly = held.find((one) => one["title"] === "Melly");
      expect(melly?.["originator"] === "kh", "the recruiter's record is not Cambodia's");
      for (const one of held) {
        const { court, onward } = one["may"] as { court: boolean; onward: string[] };
        expect(!court && onward.length === 0, "more is permitted than Cambodia ticked");
      }
      job.made.recruiter = String(melly["id"]);
      // It came in Khmer: a translation stands beside it, under the name of whoever made it.
      const asked = job.get("request");
      const texts = await job.does("sari", "request", "translations", asked);
      const khmer = texts.find((one) => one["field"] === "narrative.0");
      expect(khmer?.["language"] === "km", "the answer does not say that it is in Khmer");
      await job.makes(
        ...(["sari", "request", "translate", asked, "--about", String(khmer["about"])] as const),
        ...["--field", "narrative.0", "--from", "km", "--into", "id"],
        ...["--text", "LATIHAN: nomor ini ada dalam daftar tamu tanggal 5 dan 11 Februari."],
      );
      const again = await job.does("sari", "request", "translations", asked);
      const beside = again.find((one) => one["field"] === "narrative.0")?.["beside"] as { text: string }[];
      expect(
        beside[0]?.text.startsWith("LATIHAN") === true,
        "the translation does not stand beside the answer",
      );
      await job.until("the item read", async () => {
        const items = await job.does("sari", "items", "--case", number);
        const { reading } = items.find((one) => one["id"] === item) ?? {};
        return (reading as { detection: string } | undefined)?.detection === "done" ? true : null;
      });
      const text = JSON.stringify(await job.does("sari", "read", item));
      expect(text.includes("លំហាត់") && text.includes("2AX-7731"), "the item is not the hotel's list");
      job.say("The hotel's list is read in Khmer; its seal is Cambodia's.");
    },
  },
];
