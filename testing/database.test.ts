// The test database holds every migration of the repository, in order.
import { expect, test } from "vitest";
import { testStore } from "./database.ts";

test("all migrations of the repository apply to an empty database, and each test has its own", async () => {
  const [one, two] = await Promise.all([testStore(), testStore()]);
  expect(one.url).not.toBe(two.url);
  await one.store.ping();
  await one.close();
  await two.store.ping();
});
