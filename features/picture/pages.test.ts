// The region's picture built from the three nodes of the exercise, in their officers' own browsers: counted from live records,
// looked at and let go by two, and read in another state.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import step from "../access/words/en.json" with { type: "json" };
import { prove, until } from "../requests/testing.ts";
import { noAccount } from "../standards/account.ts";
import { accountKind } from "../standards/node.ts";
import { statusKind } from "../victims/contract.ts";
import { monthOf, type Overview, type WorkView } from "./contract.ts";
import { jobStanding } from "./node.ts";
import { lastMonth } from "./prepare.ts";
import say from "./words/en.json" with { type: "json" };

let all: Record<"id" | "kh" | "ph", Nation>;
let browser: Browser;
const month = lastMonth(new Date());
const held = {
  ...{ type: "Exploitation", date: `${month}-02`, country: "", state: "", city: "", street: "", postal: "" },
  ...{ latitude: "", longitude: "", description: "" },
};
const press = (page: Page, label: string): Promise<void> =>
  page.getByRole("button", { name: label, exact: true }).click();

/** Cases and gaps of the law that desks of this node had last month. */
async function busyMonth({ node }: Nation): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`
      insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, opened_at, changed_at)
      select gen_random_uuid(), ${node.code.toUpperCase()} || '-2025-' || lpad((700000 + n)::text, 6, '0'), 'EXERCISE',
        (array['online-fraud', 'trafficking-forced-criminality', 'recruitment'])[1 + n % 3], 'EXERCISE', d.agency_id, d.id,
        ${`${month}-15T05:00:00Z`}, ${`${month}-15T05:00:00Z`}
      from generate_series(1, 150) n, (select id, agency_id from simpul.desks order by id limit 1) d`.execute(
      tx.rows,
    );
    tx.note("case.opened", {});
  });
}

/** Sites that one of these cases names: so many at each point. */
async function sites(
  { node }: Nation,
  points: readonly [many: number, latitude: number, longitude: number][],
) {
  await node.store.write(jobStanding, async (tx) => {
    for (const [many, latitude, longitude] of points)
      await sql`
        insert into simpul.case_places (case_id, id, names, kind, country, position, handling, evaluation, source, created_at, changed_at)
        select c.id, gen_random_uuid(), '[{"text": "EXERCISE"}]', 'site', ${node.code.toUpperCase()},
          ${JSON.stringify({ latitude, longitude })}, '{}', '{}', '{}', at, at
        from generate_series(1, ${many}::int), (select id from simpul.cases order by id limit 1) c,
          (select ${`${month}-16T05:00:00Z`}::timestamptz as at) w`.execute(tx.rows);
    tx.note("case.opened", {});
  });
}

/** Presumed victims of last month, by nationality and where they were held, and their tables handed over by the desk. */
async function victims(
  nation: Nation,
  officer: string,
  routes: readonly [many: number, of: string, at: string][],
) {
  nation.clock.offMs = Date.parse(`${month}-17T05:00:00Z`) - Date.now();
  const told = { authority: "EXERCISE", basis: "EXERCISE", reason: "", appeal: "" };
  const opened = await openVictimDesk(nation, officer);
  await (
    await opened.desk()
  ).act(async (tx) => {
    for (const [many, nationality, country] of routes)
      for (let nth = 0; nth < many; nth++) {
        const person = await tx.create({ sex: "male", nationalities: [nationality], ageSaid: "adult" });
        await tx.append(person, accountKind, { ...noAccount, events: [{ ...held, country }] });
        await tx.append(person, statusKind, { ...told, state: nation.node.code, status: "presumed" });
      }
  });
  nation.clock.offMs = 0;
  const { person: now } = await openVictimDesk(nation, officer);
  await now.must("POST", "/api/picture/hand-over", { month });
}

/** A state's own two officers let the month go, without a browser. */
async function letGo(agus: Person, putri: Person): Promise<void> {
  await agus.must("POST", "/api/picture/count", { month });
  const { drafts } = await agus.must<WorkView>("GET", "/api/picture/work");
  const { id } = await agus.must<{ id: string }>("POST", "/api/picture/proposals", {
    drafts: drafts.map((one) => one.id),
  });
  await prove(putri, "picture.release", id);
  await putri.must("POST", `/api/picture/proposals/${id}/release`);
}

beforeAll(async () => {
  browser = await openBrowser();
  all = await nations("id", "kh", "ph");
  await Promise.all(Object.values(all).map(busyMonth));
  await sites(all.kh, [
    [160, 10.6, 103.5],
    [70, 13.4, 102.6],
  ]);
  await sites(all.ph, [[90, 14.6, 121]]);
  await victims(all.id, "maya", [
    [140, "ID", "KH"],
    [60, "ID", "MM"],
  ]);
}, 120_000);
afterAll(() => browser.close());

test("one officer looks at the month and proposes it, another lets it go, and the region shows three states together", async () => {
  const { id, kh, ph } = all;
  const agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(`${id.web.address}/picture`);
  await agus.getByText(say["picture.empty.text"]).waitFor();
  await agus.getByRole("link", { name: say["picture.work"] }).first().click();
  await agus.getByRole("button", { name: /^Count / }).click();
  // The desk's tables lie there before: all are chosen once the node's own stand beside them.
  await agus.getByRole("article", { name: say["picture.figure.cases-opened"] }).waitFor();
  await agus.getByRole("checkbox", { name: /^Choose all of/ }).check();
  await agus.getByRole("button", { name: say["picture.look"] }).first().click();
  await look(agus, "picture-work");
  await agus.getByRole("button", { name: /^Propose \d+ tables$/ }).click();
  await agus.getByText(say["picture.release.waits"]).waitFor();

  const putri = await enter(browser, id, "putri", { language: "en" });
  await putri.goto(`${id.web.address}/picture/work`);
  await press(putri, say["picture.release"]);
  await putri.getByRole("dialog").getByRole("button", { name: say["picture.release"], exact: true }).click();
  await press(putri, step["access.stepUp.exercise"]);
  await putri.getByRole("dialog").first().waitFor({ state: "detached" });
  await letGo(await kh.as("sophea"), await kh.as("rithy"));
  await letGo(await ph.as("grace"), await ph.as("carlo"));

  const dara = await kh.as("dara");
  const seen = await until(
    () => dara.must<Overview>("GET", "/api/picture"),
    ({ states }) => states.length === 3 && states.every((one) => one.last === month && one.tables >= 13),
  );
  expect(seen.months).toEqual({ from: month, until: month });
  const head = seen.heads.find((one) => one.figure === "cases-opened")!;
  expect(head.states).toEqual(["id", "kh", "ph"]);
  // Three times 150, each with the noise of its cells and rounding.
  expect(Math.abs(head.known - 450)).toBeLessThan(150);

  const her = await enter(browser, kh, "dara", { language: "en" });
  await her.goto(`${kh.web.address}/picture?figure=cases-opened`);
  await her.getByRole("heading", { name: say["picture.figure.cases-opened"] }).waitFor();
  await her.getByText(say["picture.counted.cases-opened.1"]).waitFor();
  for (const state of ["Indonesia", "Cambodia", "Philippines"])
    expect(await her.getByText(new RegExp(`^${state}, to `)).count()).toBe(1);
  await look(her, "picture-region");
  // Where the sites lie and which way people were taken, by list and map alike.
  for (const [figure, largest] of [
    ["sites-by-area", null],
    ["victims-routes", say["picture.map.route"].replace("{from}", "Indonesia").replace("{to}", "Cambodia")],
  ] as const) {
    await her.goto(`${kh.web.address}/picture?figure=${figure}`);
    const most = her.getByRole("region", { name: say["picture.map.most"] }).getByRole("button").first();
    await most.waitFor();
    if (largest !== null) expect(await most.textContent()).toContain(largest);
    await most.click();
    await look(her, `picture-map-${figure}`);
  }
  await her.goto(`${kh.web.address}/picture?figure=cases-opened`);
  const [file] = await Promise.all([her.waitForEvent("download"), press(her, say["picture.carry.csv"])]);
  expect(file.suggestedFilename()).toBe(`EXERCISE-cases-opened-${month}-${month}.csv`);
  expect(monthOf(new Date()) > month).toBe(true);
}, 120_000);
