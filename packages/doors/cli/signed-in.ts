// What nearly every command does: act at the node in the name of whoever is signed in, and read its lists to the end.
import { client, type Client } from "./client.ts";
import { command, output, type Output } from "./output.ts";

/** The flag that turns lines for people into lines for machines. */
export const json = { type: "boolean", description: "one JSON object a line" } as const;

/** Runs the body at the node where somebody is signed in; the number it gives is how the command ends, else 0. */
export const signedIn = (
  args: { json?: boolean | undefined },
  body: (door: Client, out: Output) => Promise<void> | Promise<number | undefined>,
): Promise<void> =>
  command(async () => {
    const end = await body(await client(), output(args.json === true));
    return typeof end === "number" ? end : undefined;
  });

/** What was not said is left out. */
export type Query = Readonly<Record<string, string | null | undefined>>;

export function withQuery(path: string, query: Query): string {
  const said = Object.entries(query).filter((one): one is [string, string] => typeof one[1] === "string");
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said).toString()}`;
}

/** Every page of a list, from the first to the last. */
export async function* pages<Page extends { next: string | null }>(
  door: Client,
  path: string,
  query: Query = {},
): AsyncGenerator<Page> {
  for (let cursor: string | null = null; ;) {
    const page: Page = await door.call<Page>("GET", withQuery(path, { ...query, cursor }));
    yield page;
    cursor = page.next;
    if (cursor === null) return;
  }
}
