// A child process for the launcher's tests: starts the server on a home, says where, and stays until it is ended.
import { startServer } from "../launcher/index.ts";

const [home, act] = process.argv.slice(2) as [string, string];
try {
  const server = await startServer({ home });
  const url = await server.database("id");
  process.stdout.write(`${JSON.stringify({ pid: server.pid, data: server.data, url })}\n`);
  if (act === "stay") setInterval(() => undefined, 1_000);
  else await server.close();
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ code: (error as { code?: string }).code, says: String(error) })}\n`,
  );
}
