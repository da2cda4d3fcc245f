// Runs a TypeScript program of the house with its packages in place: `node scripts/with-install.mjs FILE …`.
import { install, start } from "./house.mjs";

await install();
const [file, ...args] = process.argv.slice(2);
process.exitCode = await start(file, args);
