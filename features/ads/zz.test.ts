import { createHash } from "node:crypto";
import { nations, type Nation, type Person } from "@simpul/testing";
import { makeAdverts } from "../../testing/made-adverts.ts";
import { test } from "vitest";
import type { ImportView } from "./contract.ts";
test("time", async () => {
  const { id }: { id: Nation } = (await nations("id")) as never;
  const sari: Person = await id.as("sari");
  const { id: source } = await sari.must<{ id: string }>("POST", "/api/ads/sources", {
    name: "EX",
    kind: "file",
    origin: "EX",
    legalBasis: "EX law",
    givenBy: "EX ngo",
    region: "ID",
    daily: 10000,
  });
  const rows = [...makeAdverts({ adverts: 600, seed: 3 })].map((o) => JSON.stringify({ text: o.text }));
  const content = Buffer.from(rows.join("\n"));
  const { id: at } = await sari.must<{ id: string }>("POST", "/api/ads/imports", {
    source,
    fileName: "a.jsonl",
    size: content.length,
  });
  const size = 512 * 1024;
  for (let part = 0; part * size < content.length; part++)
    await sari.must("POST", `/api/ads/imports/${at}/parts/${part}`, {
      bytes: content.subarray(part * size, (part + 1) * size).toString("base64"),
    });
  const t = performance.now();
  const cpu = process.cpuUsage();
  await sari.must("POST", `/api/ads/imports/${at}/read`, {
    digest: createHash("sha256").update(content).digest("hex"),
  });
  for (;;) {
    const { imports } = await sari.must<{ imports: ImportView[] }>("GET", "/api/ads/imports");
    if (imports[0]!.state === "done") break;
    if (imports[0]!.state === "refused") throw new Error(String(imports[0]!.refusal));
    await new Promise((n) => setTimeout(n, 50));
  }
  const used = process.cpuUsage(cpu);
  console.log(
    "took",
    Math.round(performance.now() - t),
    "ms for",
    rows.length,
    "cpu",
    Math.round((used.user + used.system) / 1000),
  );
}, 120_000);
