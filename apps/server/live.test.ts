// Who hears of what changes: by the rows she sees, and soon after they become hers.
import { setTimeout as wait } from "node:timers/promises";
import { addMember } from "@simpul/features/cases/lead.ts";
import { openCase } from "@simpul/features/cases/open.ts";
import { as, casesRoom, officers } from "@simpul/features/cases/testing.ts";
import { testStore } from "@simpul/testing/database";
import type { Env, Sight } from "@simpul/doors/http";
import { beforeAll, describe, expect, test } from "vitest";
import { maySee } from "./live.ts";

const { sari, dewi } = officers;
let room: ReturnType<typeof casesRoom>;
let sees: (who: typeof sari, id: string) => Promise<Sight>;
beforeAll(async () => {
  const { store } = await testStore();
  room = casesRoom(store);
  const ask = maySee(store);
  sees = (who, id) =>
    ask({ topic: "case", id }, { officer: who, standing: as(who) } as unknown as Env["Variables"]);
});

describe("a change", () => {
  test("is told to those who see the record, and to nobody else", async () => {
    const { id } = await openCase(room, as(sari), {
      title: "EXERCISE: a quiet case",
      crimeType: "trafficking-forced-criminality",
      covert: true,
    });
    expect(await sees(sari, id)).toBe(true);
    expect(await sees(dewi, id)).toBe(false);
  });

  test("of a record that becomes hers just now is not dropped with the answer of a moment ago", async () => {
    const { id } = await openCase(room, as(sari), {
      title: "EXERCISE: handed over",
      crimeType: "trafficking-forced-criminality",
      covert: true,
    });
    expect(await sees(dewi, id)).toBe(false);
    await addMember(room, as(sari), id, { officer: dewi.id, role: "investigator" });
    const soon = await sees(dewi, id);
    expect(soon).toMatchObject({ again: expect.any(Number) as number });
    await wait((soon as { again: number }).again + 50);
    expect(await sees(dewi, id)).toBe(true);
  });
});
