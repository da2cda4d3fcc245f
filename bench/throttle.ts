// A bad line on this machine: so many bits a second for all connections together, segments lost and sent again late.
import { fork } from "node:child_process";
import net from "node:net";
import { fileURLToPath } from "node:url";

const segmentBytes = 1_400;
/** What a lost segment costs: the sender's first retransmission timeout (RFC 6298: a second; Linux: a fifth of it). */
const againMs = 300;

export interface Line {
  port: number;
  close(): Promise<void>;
}

/** `bits` a second in each direction to `target`; one segment in `1 / loss` is lost. The losses are the same each time. */
export async function throttled(target: number, line: { bits: number; loss: number }): Promise<Line> {
  const sockets = new Set<net.Socket>();
  /** When each direction is free again. */
  const free = { there: 0, back: 0 };
  let dice = 1;
  const lost = (): boolean => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647 < line.loss;
  const carry = async (way: "there" | "back", bytes: number): Promise<void> => {
    const now = performance.now();
    const took = (bytes * 8_000) / line.bits;
    free[way] = Math.max(free[way], now) + took;
    await new Promise((resolve) => setTimeout(resolve, free[way] - now));
    // It took its time on the line, is sent again, and holds up only its own connection.
    if (lost()) {
      await new Promise((resolve) => setTimeout(resolve, againMs));
      await carry(way, bytes);
    }
  };
  const pump = async (from: net.Socket, to: net.Socket, way: "there" | "back"): Promise<void> => {
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += segmentBytes) {
        const segment = chunk.subarray(at, at + segmentBytes);
        await carry(way, segment.length);
        if (!to.write(segment))
          await new Promise((resolve) => to.once("drain", resolve).once("close", resolve));
      }
    to.end();
  };
  const server = net.createServer((near) => {
    const far = net.connect(target, "127.0.0.1");
    for (const one of [near, far]) sockets.add(one.on("error", () => undefined));
    const over = (): void => void [near, far].map((one) => one.destroy());
    void pump(near, far, "there").catch(over);
    void pump(far, near, "back").catch(over);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const one of sockets) one.destroy();
      }),
  };
}

/** The same line in a process of its own. */
export function apart(target: number, line: { bits: number; loss: number }): Promise<Line> {
  const program = fileURLToPath(new URL("./throttle-line.ts", import.meta.url));
  const child = fork(program, [JSON.stringify({ target, line })], { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the line ended")));
    child.once("message", ({ port }: { port: number }) =>
      resolve({
        port,
        close: () =>
          new Promise((ended) => {
            child.removeAllListeners("exit").once("exit", () => ended());
            child.kill();
          }),
      }),
    );
  });
}
