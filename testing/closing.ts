// What a test file opened, to be closed when it ends: one process runs many files, so nothing may stay behind.

const open = new Set<() => Promise<void>>();

/** `close` runs after the test file (testing/after.ts). */
export function closeAfter(close: () => Promise<void>): void {
  open.add(close);
}

/** Closes what this test file opened. */
export async function closeAll(): Promise<void> {
  const all = [...open];
  open.clear();
  await Promise.all(all.map((close) => close()));
}
