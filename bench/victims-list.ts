// A list of 7,141 people taken in, and how long the desk that holds them takes to open, to list, and to say who may be one.
import { exercisePassphrase } from "@simpul/features/victims/opening.ts";
import { median, type Figure } from "./figure.ts";
import { alone, atVictimDesk, type Measured } from "./victims-node.ts";

const people = 7141;
const opens = 5;
const seconds = (bound: number) => ({ unit: "s", bound, runs: opens });

export const victimsList = (): Promise<Figure[]> => atVictimDesk(list);

/** Names of four states in four scripts; a few stand on the list twice. */
export function csvOf(): string {
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

async function list({ address, maya }: Measured): Promise<Figure[]> {
  let began = performance.now();
  const answer = await fetch(`${address}/api/surge/lists?name=list.csv`, {
    method: "POST",
    headers: { origin: address, "content-type": "application/octet-stream", cookie: maya.person.cookie },
    body: csvOf(),
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
    alone("the desk of 7,141 people opened, its key in memory until it closes", median(opening), seconds(2)),
    alone("and the first page of its people", median(listed), seconds(0.5)),
    alone("7,141 people taken in from a list", took, { unit: "s", bound: null, runs: 1 }),
    alone("that list opened", await timed(`/api/surge/lists/${id}`), seconds(2)),
    alone("the board of 7,141 people", await timed("/api/surge/board"), seconds(2)),
    alone("who may be one person, among 7,141", await timed("/api/surge/pairs"), seconds(1)),
  ];
}
