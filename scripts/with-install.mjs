// Runs a TypeScript program of the house with its packages in place: `node scripts/with-install.mjs FILE …`.
import { buildPages, install, start } from "./house.mjs";

await install();
const [file, ...args] = process.argv.slice(2);
// Some figures are taken in a browser.
if (file === "bench/run.ts") await buildPages();
process.exitCode = await start(file, args);
