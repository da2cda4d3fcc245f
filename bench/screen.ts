// The first screen of a node on loopback in a browser that never saw it, and what is sent for it; then the first room.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { tellStory } from "@simpul/demo";
import { NodeCode } from "@simpul/model";
import { openNode, serve } from "@simpul/server";
import { startServer } from "@simpul/store/launcher";
import { openBrowser } from "@simpul/testing/browser";
import { median, type Figure } from "./figure.ts";

const runs = 7;

/** Needs built pages: `npm start` or `npm test` makes them. */
export async function screen(): Promise<Figure[]> {
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
    databaseUrl: await server.database("bench_screen"),
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
  const browser = await openBrowser();
  try {
    const first: number[] = [];
    const room: number[] = [];
    let bytes = 0;
    for (let nth = 0; nth < runs; nth++) {
      // A context of its own has no cache: cold every time.
      const context = await browser.newContext({ locale: "en-GB" });
      const page = await context.newPage();
      const sent: Promise<number>[] = [];
      page.on("requestfinished", (request) => {
        // The fonts' list follows the first screen (apps/web/src/main.tsx); nobody waits for it.
        if (/^\/assets\/(?!fonts-).*\.(js|css)$/.test(new URL(request.url()).pathname))
          sent.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
      });
      let began = performance.now();
      await page.goto(web.address);
      await page.getByRole("heading").first().waitFor();
      first.push(performance.now() - began);
      if (nth === 0) bytes = (await Promise.all(sent)).reduce((sum, one) => sum + one, 0);
      await page.getByRole("button", { name: /Sari Wulandari/ }).click();
      began = performance.now();
      await page.getByRole("navigation").first().waitFor();
      await page.getByRole("heading", { level: 1 }).waitFor();
      room.push(performance.now() - began);
      await context.close();
    }
    const figure = (name: string, ours: number, unit: string, bound: number | null): Figure => ({
      figure: name,
      ours: Number(ours.toFixed(1)),
      unit,
      peer: null,
      peerName: null,
      bound,
      ratio: null,
      runs,
    });
    return [
      figure("first screen, cold", median(first), "ms", 1500),
      figure("first room after signing in, cold", median(room), "ms", 1500),
      figure("scripts and styles of the first screen, compressed", bytes / 1000, "kB", 250),
    ];
  } finally {
    await browser.close();
    await web.close();
    await node.close();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
