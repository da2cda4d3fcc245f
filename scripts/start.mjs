// `npm start`: brings up the exercise federation on a machine that has nothing but Node and npm. With `--dev` it builds
// the pages and starts the nodes anew whenever a file changes.
import { ready, root, run, start } from "./house.mjs";

const args = process.argv.slice(2);
await ready();
if (args.includes("--dev")) {
  const vite = ["node_modules/vite/bin/vite.js", "build", "--watch", "--logLevel", "warn"];
  void run(process.execPath, [`../../${vite[0]}`, ...vite.slice(1)], { cwd: `${root}/apps/web` });
  const watched = ["packages", "features", "apps/server", "apps/demo"].flatMap((folder) => [
    "--include",
    `${folder}/**/*.{ts,json,sql}`,
  ]);
  const tsx = ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", ...watched];
  process.exitCode = await run(process.execPath, [...tsx, "apps/demo/main.ts"]);
} else {
  process.exitCode = await start("apps/demo/main.ts", args);
}
