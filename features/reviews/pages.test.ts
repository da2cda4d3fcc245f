// Reviews in a real browser: asked at the border, compared by the victim desk, decided by a prosecutor with her key open.
import { nations } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look, sits } from "@simpul/testing/pages";
import { exercisePassphrase } from "@simpul/features/victims/opening.ts";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { expect, test } from "vitest";
import { statusKind } from "../victims/contract.ts";
import type { CompareView } from "./contract.ts";
import type { KeyView } from "./keys.ts";
import { pagesOf } from "../charges/testing.ts";
import say from "./words/id.json" with { type: "json" };

/** Up to where a time stands in it. */
const said = (key: keyof typeof say): string => say[key].split("{")[0]!.trim();

test("a review goes from the border to the desk and to the prosecutor", { timeout: 240_000 }, async () => {
  const { id } = await nations("id");
  const maya = await openVictimDesk(id, "maya");
  const victim = await (
    await maya.desk()
  ).act(async (tx) => {
    const person = await tx.create({
      names: [{ text: "Muhammad Rizki Pratama", use: "own" }],
      born: { written: "2 April 1999", read: "1999-04-02", calendar: "common" },
      contacts: [{ how: "phone", text: "+62 854-0000-1777", safe: true }],
    });
    await tx.append(person, statusKind, {
      ...{ state: "id", authority: "Meja Korban (LATIHAN)", status: "presumed", basis: "UU 21/2007" },
      ...{ reason: "", appeal: "" },
    });
    return person;
  });
  const browser = await openBrowser();
  try {
    const border = await enter(browser, id, "yusuf");
    await border.goto(`${id.web.address}/reviews/new`);
    await border.getByLabel(say["reviews.kind.immigration-penalty"]).check();
    const names = border.getByLabel(say["reviews.names"], { exact: false }).first();
    await names.fill("Mohamad Rizky Pratama");
    await names.press("Enter");
    await border.getByLabel(say["reviews.birth"], { exact: false }).first().fill("1999-04-02");
    const reason = border.getByLabel(say["reviews.reason"], { exact: false }).first();
    await reason.fill("LATIHAN: tinggal melewati izin");
    await look(border, "reviews-new");
    await border.getByRole("button", { name: say["reviews.new.act"], exact: true }).click();
    await border.getByText(say["reviews.state.pending"]).first().waitFor();
    await look(border, "reviews-one");
    const review = border.url().split("/").at(-1)!;

    const yusuf = await id.as("yusuf");
    const { id: other } = await yusuf.must<{ id: string }>("POST", "/api/reviews", {
      ...{ kind: "immigration-penalty", reason: "LATIHAN: tinggal melewati izin" },
      of: {
        person: {
          names: [{ text: "LATIHAN Siti Aminah", language: "id" }],
          ...{ birth: "1991-12-30", nationalities: ["KE"], documents: [], phones: [] },
        },
      },
    });

    const ratna = await id.as("ratna");
    await ratna.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
    const { letters } = await ratna.must<KeyView>("GET", "/api/reviews/key");
    const desk = await enter(browser, id, "lestari");
    const session = { data: { purpose: "victim-assistance" }, headers: { origin: id.web.address } };
    await desk.request.patch(`${id.web.address}/api/access/session`, session);
    await desk.goto(`${id.web.address}/reviews/compare`);
    await desk.getByText(say["reviews.closed"]).waitFor();
    await desk.request.post(`${id.web.address}/api/victims/desk/open`, {
      data: { passphrase: exercisePassphrase },
      headers: { origin: id.web.address },
    });
    await desk.goto(`${id.web.address}/reviews/compare`);
    await desk.getByText(say["reviews.says"]).waitFor();
    await look(desk, "reviews-compare");
    await desk.getByLabel(say["reviews.letIn.letters"], { exact: false }).fill(letters!);
    await desk.getByRole("button", { name: say["reviews.letIn.act"] }).click();
    await desk.getByRole("button", { name: say["reviews.letIn.act"] }).waitFor({ state: "detached" });
    await desk.getByRole("radio", { name: say["reviews.says.same"] }).check();
    await desk.getByLabel(say["reviews.says.reason"], { exact: false }).fill("LATIHAN: nomor sama");
    await desk.getByRole("button", { name: say["reviews.says.act"] }).click();
    await desk.getByText(say["reviews.second"]).waitFor();
    await maya.person.must("POST", "/api/reviews/compare/words", {
      ...{ review, person: victim, says: "same", reason: "LATIHAN: dibandingkan" },
    });
    const { candidates } = await maya.person.must<CompareView>("GET", "/api/reviews/compare");
    expect(candidates[0]).toMatchObject({ outcome: "same" });
    await desk.goto(`${id.web.address}/reviews/searches`);
    await desk.getByText(say["reviews.theirsAsk.none"]).waitFor();
    await look(desk, "reviews-searches");

    id.clock.offMs = 49 * 3_600_000;
    const prosecutor = await enter(browser, id, "ratna");
    await prosecutor.goto(`${id.web.address}/reviews/results`);
    await prosecutor
      .getByLabel(say["reviews.key.passphrase"], { exact: false })
      .first()
      .fill(exercisePassphrase);
    await look(prosecutor, "reviews-key");
    await prosecutor.getByRole("button", { name: say["reviews.key.open"] }).click();
    await prosecutor.getByRole("link", { name: "Mohamad Rizky Pratama" }).click();
    await prosecutor.getByText(say["reviews.effect.warn"]).waitFor();
    await look(prosecutor, "reviews-result");
    await prosecutor.getByRole("radio", { name: say["reviews.rule.stop"], exact: true }).check();
    await prosecutor.getByLabel(say["reviews.rule.reason"], { exact: false }).fill("LATIHAN: korban");
    await prosecutor.getByRole("button", { name: say["reviews.rule.act"] }).click();
    await prosecutor.getByText(say["reviews.ruling.stop"]).waitFor();

    // Of another, known to nobody: it may go on, and the desk that asked has something to cite.
    await prosecutor.goto(`${id.web.address}/reviews/${other}`);
    await prosecutor.getByRole("radio", { name: say["reviews.rule.pass"], exact: true }).check();
    await prosecutor.getByRole("button", { name: say["reviews.rule.act"] }).click();
    await prosecutor.getByRole("button", { name: say["reviews.statement.hand"] }).click();
    await prosecutor.getByText(said("reviews.statement.handed")).waitFor();
    await look(prosecutor, "reviews-handed");
    await sits(border, id, "yusuf", "id");
    await border.goto(`${id.web.address}/reviews/${other}`);
    const paper = border.getByRole("link", { name: say["reviews.statement.print"] });
    const file = await border.request.get(id.web.address + (await paper.getAttribute("href"))!);
    const text = await pagesOf(await file.body());
    for (const part of [other, "LATIHAN Siti Aminah", say["reviews.kind.immigration-penalty"], "SHA-256"])
      expect(text, part).toContain(part);
    await border.getByRole("button", { name: say["reviews.statement"], exact: true }).click();
    await border.getByText(said("reviews.statement.taken")).waitFor();
    await look(border, "reviews-statement");
  } finally {
    await browser.close();
  }
});
