// The main job at home: the phone of a returned worker is taken in, read, decided upon, and becomes a case.
import { cast, expect, storyFile, type Job, type Line, type Officer, type Step } from "./job.ts";

/** Whose each value of the chat is. The worker's own number is a victim's: it is never asked (HIT-1). */
export const whose = [
  ["+6285400001702", "suspect", "the recruiter's phone"],
  ["melly_kerja_kh", "suspect", "her Telegram handle"],
  ["TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y", "facilitator", "the wallet for ticket deposits"],
  ["+85519000417", "facilitator", "the driver"],
  ["+6285400002318", "victim", "the worker's own number"],
  ["+6285400002977", "family", "his mother's number"],
] as const;
export const [[recruiter], , [wallet], , [worker]] = whose;

const names = (found: Line, value: string): boolean => String(found["canonical"]).endsWith(value);

export const atHome: readonly Step[] = [
  {
    title: "Seven officers of three states sign in",
    async run(job: Job) {
      for (const [who, state] of Object.entries(cast) as [Officer, keyof typeof job.stage.addresses][]) {
        const { name } = await job.makes(who, "sign-in", "--node", job.stage.addresses[state], "--as", who);
        job.say(`${String(name)} is signed in at ${state}.`);
      }
    },
  },
  {
    title: "Take in: the chat of a returned worker is hashed, signed, sealed and read",
    async run(job) {
      const item = await job.makes("sari", "take-in", storyFile("id-whatsapp-chat.txt"));
      const { kind } = item["reading"] as { kind: string };
      expect(kind === "whatsapp", `the chat was read as ${kind}`);
      job.made.chat = String(item["id"]);
      job.say(`Sealed as item ${job.get("chat")}, read as a WhatsApp chat.`);
    },
  },
  {
    title: "Read: the text, and what was found in it",
    async run(job) {
      const text = await job.does("sari", "read", job.get("chat"));
      expect(JSON.stringify(text).includes("ini Kak Melly"), "the chat does not hold its own words");
      const found = await job.does("sari", "read", job.get("chat"), "--findings");
      for (const [value, , is] of whose)
        expect(
          found.some((one) => names(one, value) && one["valid"] === true),
          `${is} (${value}) was not found in the chat`,
        );
      job.say(`${found.length} values were found; nothing of it is a record yet.`);
    },
  },
  {
    title: "Decide: whose each value is",
    async run(job) {
      const found = await job.does("sari", "read", job.get("chat"), "--findings");
      for (const [value, role, is] of whose) {
        const finding = found.find((one) => names(one, value));
        const { changed } = await job.makes(
          ...(["sari", "confirm", job.get("chat"), String(finding?.["canonical"]), "--role", role] as const),
        );
        expect(Number(changed) > 0, `${is} could not be confirmed`);
        job.say(`${value}: ${is}; ${role}.`);
      }
    },
  },
  {
    title: "Open a case: what was confirmed becomes its selectors",
    async run(job) {
      const opened = await job.makes(
        ...(["sari", "case", "open", "LATIHAN: perekrut Kak Melly"] as const),
        ...["--crime-type", "trafficking-forced-criminality", "--items", job.get("chat")],
        ...["--summary", "LATIHAN: direkrut lewat obrolan, ditahan di Taman Morokot.", "--language", "id"],
      );
      const number = (job.made.case = String(opened["number"]));
      const records = await job.does("sari", "case", "show", number, "--kind", "selector");
      const roles = new Map(records.map((one) => [String(one["canonical"]), one["role"]]));
      for (const [value, role, is] of whose) {
        const [, kept] = [...roles].find(([canonical]) => canonical.endsWith(value)) ?? [];
        expect(kept === role, `${is} is ${String(kept)} in the case, not ${role}`);
      }
      const items = await job.does("sari", "items", "--case", number);
      expect(items.length === 1, "the chat does not lie in its case");
      job.say(`Case ${number} is open with ${whose.length} selectors and the sealed chat.`);
    },
  },
];
