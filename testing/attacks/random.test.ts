// Random requests made from the interface's own description: none ends in a fault of ours, none tells what is hidden.
// More of them, or the same again: SIMPUL_RANDOM_REQUESTS=100000 SIMPUL_SEED=7 npx vitest run testing/attacks/random.test.ts
import { beforeAll, expect, test } from "vitest";
import { chance } from "./chance.ts";
import { lookedAtElsewhere, routesOf } from "./interface.ts";
import { randomShot, type Shot } from "./random-request.ts";
import { canaries, hide, live, stage, type Made, type Player, type Stage } from "./stage.ts";

const count = Number(process.env["SIMPUL_RANDOM_REQUESTS"] ?? 1500);
const seed = Number(process.env["SIMPUL_SEED"] ?? Math.floor(Math.random() * 1e9));

let at: Stage;
let hidden: Made;
let ordinary: Made;
beforeAll(async () => {
  at = await stage();
  ordinary = await live(at);
  hidden = await hide(at);
}, 120_000);

test("every route is described, or listed among those that carry bytes", () => {
  const known = new Set(at.operations.map((one) => one.name));
  const files = /^GET \/(\*|verify|assets|index|$)/;
  const unknown = [...routesOf(at.app)].filter(
    (name) => !known.has(name) && !lookedAtElsewhere.has(name) && !files.test(name),
  );
  expect(unknown).toEqual([]);
});

/** What the interface may never say: a fault of ours, its insides, or anything of the hidden case. */
function faultOf({
  status,
  text,
  headers,
}: {
  status: number;
  text: string;
  headers: Headers;
}): string | null {
  if (status >= 500) return `answered ${status}`;
  const told = Object.values(canaries).find((word) => text.includes(word));
  if (told !== undefined) return `told "${told}"`;
  // A reference is chance, and may spell anything.
  const said = text.replace(/"reference":"[^"]*"/, "");
  if (/simpul\.[a-z]+_|node_modules|at file:|\bpg_|select .* from/i.test(said)) return "told of its insides";
  if (headers.get("set-cookie")?.includes("x=1") === true) return "set an attacker's cookie";
  return null;
}

const shown = ({ operation, method, url, headers, body }: Shot): string =>
  `${operation.name}: ${method} ${url.slice(0, 400)} ${JSON.stringify(headers)} ${body?.slice(0, 700) ?? ""}`;

test(`${count} random requests (seed ${seed}): no fault of ours, nothing hidden told`, async () => {
  const began = performance.now();
  const dice = chance(seed);
  const pool = await poolOf();
  const keys = ["sari", "bima", "agus", "putri", "yusuf", "ratna", "maya", "hendra", "tono"];
  const players = new Map<string, Player>();
  const found = new Map<string, string>();
  const statuses = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const shot = randomShot(dice.pick(at.operations), at.address, dice, pool);
    const key = dice.odds(0.05) ? null : dice.pick(keys);
    if (key !== null && (!players.has(key) || players.get(key)!.cookie === null))
      players.set(key, await at.signIn(key));
    const who = key === null ? null : players.get(key)!;
    const answer = await at
      .ask(who, shot.method, shot.url, shot.body, shot.headers)
      .catch((fault: unknown) => ({
        status: 599,
        headers: new Headers(),
        text: String(fault),
      }));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    // She signed herself out, or was sent away by a colleague's random request: somebody else goes on.
    if (
      answer.status === 401 &&
      key !== null &&
      shot.headers["authorization"] === undefined &&
      shot.headers["cookie"] === undefined
    )
      players.delete(key);
    const fault = faultOf(answer);
    const place = `${shot.operation.name} ${fault ?? ""}`;
    if (fault !== null && !found.has(place))
      found.set(place, `${fault} by ${key ?? "nobody"}: ${shown(shot)}\n    ${answer.text.slice(0, 300)}`);
  }
  const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${times} x ${status}`);
  const faults = [...statuses].reduce((all, [status, times]) => all + (status >= 500 ? times : 0), 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `seed ${seed}: ${count} requests in ${seconds} s, ${faults} x 5xx, ${found.size} leaks or faults; ${counted.join(", ")}\n`,
  );
  expect([...found.values()], `seed ${seed}`).toEqual([]);
  // An attack that is refused at the door each time proves nothing.
  expect((statuses.get(200) ?? 0) / count).toBeGreaterThan(0.1);
}, 7_200_000);

/** What an insider can know or guess: ids of all kinds, those of the hidden case too, and the usual codes. */
async function poolOf(): Promise<string[]> {
  const sari = await at.signIn("sari");
  const desks = await at.must<{ id: string }[]>(sari, "GET", "/api/access/desks");
  return [
    ...[ordinary, hidden].flatMap((one) => [one.id, one.number, one.item, ...one.records]),
    ...desks.map((one) => one.id),
    ...["id", "kh", "ph", "xx", "en", "km", "KH", "phone", "suspect", "2031-03-04", "2031-03-04T03:00:00Z"],
    ...["trafficking-forced-criminality", "untoc-27", "crime-investigation", "case.view", "release"],
    ...[
      "open",
      "closed",
      "draft",
      "incoming",
      "1",
      "0",
      "A",
      "+62 854-0000-1702",
      "LATIHAN",
      "main",
      "reads",
    ],
    "a".repeat(64),
    "A".repeat(43),
    "A".repeat(86),
  ];
}
