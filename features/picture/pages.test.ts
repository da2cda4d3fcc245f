// The region's picture built from the three nodes of the exercise, in their officers' own browsers: counted from live records,
// looked at and let go by two, and read in another state.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import step from "../access/words/en.json" with { type: "json" };
import { prove, until } from "../requests/testing.ts";
import { monthOf, type Overview, type WorkView } from "./contract.ts";
import { jobStanding } from "./node.ts";
import { lastMonth } from "./prepare.ts";
import say from "./words/en.json" with { type: "json" };

let all: Record<"id" | "kh" | "ph", Nation>;
let browser: Browser;
const month = lastMonth(new Date());
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
}, 120_000);
afterAll(() => browser.close());

test("one officer looks at the month and proposes it, another lets it go, and the region shows three states together", async () => {
  const { id, kh, ph } = all;
  const agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(`${id.web.address}/picture`);
  await agus.getByText(say["picture.empty.text"]).waitFor();
  await agus.getByRole("link", { name: say["picture.work"] }).first().click();
  await agus.getByRole("button", { name: /^Count / }).click();
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
  const [file] = await Promise.all([her.waitForEvent("download"), press(her, say["picture.carry.csv"])]);
  expect(file.suggestedFilename()).toBe(`EXERCISE-cases-opened-${month}-${month}.csv`);
  expect(monthOf(new Date()) > month).toBe(true);
}, 60_000);
