// A child process for fault tests: puts blobs into a folder until it is done or killed.
import { openFolder } from "../blobs/index.ts";

const [folder, act, given] = process.argv.slice(2) as [string, string, string];
const blobs = await openFolder(folder);

async function* pieces(size: number, fill: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= 65_536) {
    await Promise.resolve();
    yield Buffer.alloc(Math.min(left, 65_536), fill);
  }
}

if (act === "put") {
  const said = await blobs.put(pieces(Number(given), 1), { most: 1e9 }).then(
    (stored) => stored.digest,
    (error: unknown) => (error as { code: string }).code,
  );
  process.stdout.write(`${said}\n`);
} else {
  for (let i = 0; ; i++) {
    const seed = Buffer.from(`${given} ${String(i)} ${String(process.pid)}`);
    const body = Buffer.concat([seed, Buffer.alloc(1_000 + ((i * 7_919) % 400_000), i % 256)]);
    const { digest } = await blobs.put([body.subarray(0, 10), body.subarray(10)], { most: 1e9 });
    process.stdout.write(`${digest}\n`);
  }
}
