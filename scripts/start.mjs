// `npm start`: brings up the exercise federation on a machine that has nothing but Node and npm.
import { ready, start } from "./house.mjs";

await ready();
process.exitCode = await start("apps/demo/main.ts", process.argv.slice(2));
