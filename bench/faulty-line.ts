// A line between two nodes that delays, loses, breaks and can be cut: segments come late, connections end in the middle.
import net from "node:net";

export interface Faults {
  /** Milliseconds each way, between these. */
  delay: readonly [number, number];
  /** One segment in `1 / loss` is lost and sent again, which holds up its connection. */
  loss: number;
  /** One segment in `1 / breaks` ends its connection instead. */
  breaks: number;
}

export interface FaultyLine {
  port: number;
  /** What happened on it so far. */
  readonly counts: { segments: number; lost: number; broken: number };
  /** Cuts it: what is on it is gone and nothing new gets through, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

const segmentBytes = 1_400;
const againMs = 200;

export async function faultyLine(
  target: number,
  { delay: [least, most], loss, breaks }: Faults,
  chance: () => number,
): Promise<FaultyLine> {
  const sockets = new Set<net.Socket>();
  const counts = { segments: 0, lost: 0, broken: 0 };
  let open = true;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
  const carry = async (): Promise<void> => {
    counts.segments++;
    await wait(least + chance() * (most - least));
    while (chance() < loss) {
      counts.lost++;
      await wait(againMs);
    }
    if (chance() < breaks) {
      counts.broken++;
      throw new Error("broken");
    }
  };
  const pump = async (from: net.Socket, to: net.Socket): Promise<void> => {
    // Segments are on their way side by side and come out in their order, as TCP has it.
    let before: Promise<void> = Promise.resolve();
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += segmentBytes) {
        const segment = chunk.subarray(at, at + segmentBytes);
        const here = Promise.all([before, carry()]).then(() => void to.write(segment));
        here.catch(() => void [from, to].map((one) => one.destroy()));
        before = here;
      }
    await before;
    to.end();
  };
  const server = net.createServer((near) => {
    if (!open) {
      near.destroy();
      return;
    }
    const far = net.connect(target, "127.0.0.1");
    const over = (): void => void [near, far].map((one) => one.destroy());
    for (const one of [near, far])
      sockets.add(one.on("error", () => undefined).on("close", () => sockets.delete(one)));
    void pump(near, far).catch(over);
    void pump(far, near).catch(over);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = (): void => {
    for (const one of sockets) one.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    counts,
    cut() {
      open = false;
      drop();
    },
    mend() {
      open = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
