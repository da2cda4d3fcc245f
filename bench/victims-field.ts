// A phone in the field: how fast it opens without a line on slow hardware, and how soon 500 screenings are at the node when the
// line is back, with the app killed at random; then a list of 7,141 people taken in and opened.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { tellStory } from "@simpul/demo";
import { exercisePassphrase } from "@simpul/features/victims/opening.ts";
import { NodeCode } from "@simpul/model";
import { openNode, serve } from "@simpul/server";
import { startServer } from "@simpul/store/launcher";
import { signIn } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { median, type Figure } from "./figure.ts";
import { openingOf, putIntoOutbox, sealMet, sendAll, setUpPhone } from "./victims-phone.ts";

const screenings = 500;
const people = 7141;
const opens = 5;
/** How much slower than this machine's a cheap phone's processor is taken to be. */
const slower = 4;

const figure = (name: string, ours: number, unit: string, bound: number | null, runs: number): Figure => ({
  ...{
    figure: name,
    ours: Number(ours.toFixed(2)),
    unit,
    peer: null,
    peerName: null,
    bound,
    ratio: null,
    runs,
  },
});

export async function victimsField(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  await chmod(home, 0o711);
  const server = await startServer({ home });
  const node = await openNode({
    node: NodeCode.parse("id"),
    name: "Indonesia",
    home: path.join(home, "nodes", "id"),
    backupUrl: null,
    metricsPort: null,
    translate: null,
    openPage: { exit: "https://exit.example/" },
    databaseUrl: await server.database("bench_field"),
    host: "localhost",
    port: 0,
    peerPort: 0,
    peerHost: "localhost",
    peerAddress: null,
    publicAddress: null,
    exercise: true,
    log: "error",
  });
  await tellStory(node);
  const web = await serve(node);
  try {
    const stage = { node, web, as: (key: string) => signIn(web.address, key) };
    const maya = await openVictimDesk(stage, "maya");
    return [...(await phone(web.address, maya)), ...(await list(web.address, maya))];
  } finally {
    await web.close();
    await node.close();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function phone(address: string, maya: VictimDesk): Promise<Figure[]> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(60_000);
    let page = await setUpPhone(context, address);
    const opened = async (line: "none" | "slow"): Promise<number> => {
      const times: number[] = [];
      for (let nth = 0; nth < opens; nth++) {
        await page.close();
        const { page: next, seconds } = await openingOf(context, address, { slower, line });
        page = next;
        times.push(seconds);
      }
      return median(times);
    };
    const onSlowLine = await opened("slow");
    await context.setOffline(true);
    const withoutLine = await opened("none");

    const sealed = await sealMet((await maya.compartment.sealTo())!, screenings);
    await putIntoOutbox(page, sealed);
    await page.close();
    page = await context.newPage();
    await page.goto(`${address}/field`);
    await page.getByText(`${String(screenings)} not sent yet`).waitFor();
    const began = performance.now();
    await context.setOffline(false);
    const kills = await sendAll(context, page, address, 12);
    const took = (performance.now() - began) / 1000;
    const desk = await maya.desk();
    const there = sealed.filter((one) => desk.person(one.person)?.entries.length === 1).length;
    if (there !== screenings) throw new Error(`${String(there)} of ${String(screenings)} are there once`);
    const label = `500 screenings of one phone at the node after the line's return, app killed ${String(kills)} times, none lost or doubled`;
    const times = `processor ${String(slower)} times slower`;
    return [
      figure(`field app opens without a line, ${times}`, withoutLine, "s", 2, opens),
      figure(`field app opens on a slow 3G line, ${times}`, onSlowLine, "s", 2, opens),
      figure(label, took, "s", 20, 1),
    ];
  } finally {
    await browser.close();
  }
}

/** Names of four states in four scripts; a few stand on the list twice. */
export function csv(): string {
  const given = [
    "Budi",
    "Siti",
    "Đức",
    "Mai",
    "ដារា",
    "សុភា",
    "สมชาย",
    "มานี",
    "Agus",
    "Ratna",
    "Hùng",
    "វណ្ណា",
  ];
  const family = ["Santoso", "Nguyễn", "សុខ", "ใจดี", "Wijaya", "Trần", "ចាន់", "สุขใจ", "Hidayat", "Phạm", "គឹម"];
  const states = ["Indonesia", "Viet Nam", "Cambodia", "Thai"];
  const rows = Array.from({ length: people }, (_, nth) => {
    const i = nth % 400 === 399 ? nth - 1 : nth;
    const name = `${given[i % given.length]!} ${family[(i * 7) % family.length]!} ${String.fromCharCode(65 + ((i * 11) % 26))}${String(i % 97)}`;
    const born = `${String(1 + (i % 28)).padStart(2, "0")}/${String(1 + (i % 12)).padStart(2, "0")}/${String(1975 + (i % 31))}`;
    return [nth + 1, name, states[i % 4], i % 3 === 0 ? "F" : "M", born, `EX${String(100_000 + i)}`].join(
      ",",
    );
  });
  return [
    "Total: 7141 people (EXERCISE),,,,,",
    "No,Full name,Nationality,Sex,Date of birth,Passport",
    ...rows,
  ].join("\n");
}

async function list(address: string, maya: VictimDesk): Promise<Figure[]> {
  let began = performance.now();
  const answer = await fetch(`${address}/api/surge/lists?name=list.csv`, {
    method: "POST",
    headers: { origin: address, "content-type": "application/octet-stream", cookie: maya.person.cookie },
    body: csv(),
  });
  const { id } = (await answer.json()) as { id: string };
  for (;;) {
    const { lists } = await maya.person.must<{ lists: { done: number; rows: number }[] }>(
      "GET",
      "/api/surge/lists",
    );
    if (lists[0]!.done === lists[0]!.rows) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const took = (performance.now() - began) / 1000;
  const timed = async (where: string): Promise<number> => {
    const times: number[] = [];
    for (let nth = 0; nth < opens; nth++) {
      began = performance.now();
      await maya.person.must("GET", where);
      times.push((performance.now() - began) / 1000);
    }
    return median(times);
  };
  const opening: number[] = [];
  const listed: number[] = [];
  for (let nth = 0; nth < opens; nth++) {
    await maya.person.must("POST", "/api/victims/desk/close");
    began = performance.now();
    await maya.person.must("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
    opening.push((performance.now() - began) / 1000);
    began = performance.now();
    await maya.person.must("POST", "/api/victims/people/find", { limit: 50 });
    listed.push((performance.now() - began) / 1000);
  }
  return [
    figure(
      "the desk of 7,641 people opened, its key in memory until it closes",
      median(opening),
      "s",
      2,
      opens,
    ),
    figure("and the first page of its people", median(listed), "s", 0.5, opens),
    figure("7,141 people taken in from a list", took, "s", null, 1),
    figure("that list opened", await timed(`/api/surge/lists/${id}`), "s", 2, opens),
    figure("the board of 7,641 people", await timed("/api/surge/board"), "s", 2, opens),
    figure("who may be one person, among 7,641", await timed("/api/surge/pairs"), "s", null, opens),
  ];
}
