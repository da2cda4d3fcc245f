// A port for a node that will be killed and started again.
import { createServer } from "node:net";

/** Below the range from which the system gives ports away: nobody takes it while the node lies dead. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, "localhost");
    const free = await new Promise<boolean>((resolve) => {
      server.once("listening", () => resolve(true));
      server.once("error", () => resolve(false));
    });
    await new Promise((resolve) => server.close(resolve));
    if (free) return port;
  }
}
