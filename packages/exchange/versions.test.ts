// A node of this version meets one that is older and one that is newer: the newest that both know is spoken.
import { createServer } from "node:https";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createPublicKey } from "node:crypto";
import { Id, NodeCode } from "@simpul/model";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  introduce,
  makeNode,
  random,
  systemClock,
  until,
  type TestNode,
} from "../../testing/exchange-pair.ts";
import { digestOf, openEnvelope, type Envelope } from "./envelope.ts";
import { makeNodeKeys } from "./keys.ts";
import { peerStandings } from "./standing.ts";
import { signReceipt } from "./receipt.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let id: TestNode;
beforeAll(async () => {
  id = await makeNode("id");
});
afterAll(() => id.close());

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("latin1");
};

/** A node by the letter of the protocol, apart from our own door: it speaks the versions from `oldest` to `speaks`. */
async function stranger(code: string, oldest: number, speaks: number) {
  const node = NodeCode.parse(code);
  const keys = makeNodeKeys(node, [Id.make({ clock: systemClock, random })], { clock: systemClock, random });
  const taken: Envelope[] = [];
  const asked: string[] = [];
  const agencies = new Map(
    id.keys.agencies.map(({ agency, privateKey }) => [agency as string, createPublicKey(privateKey)]),
  );
  const answer = async (request: IncomingMessage): Promise<[number, string]> => {
    const version = Number(request.headers["simpul-version"]);
    const url = new URL(request.url!, "https://node.invalid");
    const sealed = await bodyOf(request);
    // Version 1 knew no `oldest`.
    const facts = speaks === 1 ? { speaks } : { speaks, oldest };
    const no = (status: number, code: string): [number, string] => [
      status,
      JSON.stringify({ error: { code, ...facts } }),
    ];
    if (version > speaks) return no(426, "NEWER_VERSION");
    if (version < oldest) return no(426, "OLDER_VERSION");
    asked.push(`${version} ${url.pathname}`);
    if (url.pathname === "/simpul/1/hello") return [200, JSON.stringify({ node, ...facts })];
    if (url.pathname === "/simpul/1/heads") return [200, JSON.stringify({ sent: 0, received: taken.length })];
    if (request.method !== "POST" || url.pathname !== "/simpul/1/envelopes") return no(404, "NOT_FOUND");
    const envelope = await openEnvelope(sealed, { node, sealing: keys.sealing, from: id.code, agencies });
    // An older reader refuses members that it does not know.
    if (envelope.v > speaks || (envelope.v === 1) !== (envelope.urgent === undefined))
      return no(400, "BAD_REQUEST");
    taken.push(envelope);
    const { id: of, seq } = envelope;
    const says = { v: 1, id: of, seq, by: node, from: id.code, sealed: digestOf(sealed) } as const;
    const at = new Date().toISOString();
    return [200, await signReceipt({ ...says, at, outcome: "accepted" }, keys.signing)];
  };
  const server = createServer(
    { cert: keys.tls.certificate, key: keys.tls.privateKey, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      void answer(request).then(([status, text]) => response.writeHead(status).end(text));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await introduce(id, { code: node, keys } as TestNode, port);
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { node, taken, asked, close };
}
const standing = async (code: string) => (await peerStandings(id.store)).find(({ node }) => node === code)!;

test("with a node of version 1 version 1 is spoken: no batches, no member that it does not know", async () => {
  const la = await stranger("la", 1, 1);
  const sent = [];
  for (let i = 0; i < 3; i++) sent.push(await id.send(la.node, "test.message", { i }));
  await until(() => la.taken.length === 3);
  expect(la.taken.map((one) => [one.id, one.v, one.seq])).toEqual(sent.map((one, i) => [one, 1, i + 1]));
  expect(new Set(la.asked)).toEqual(
    new Set(["1 /simpul/1/hello", "1 /simpul/1/heads", "1 /simpul/1/envelopes"]),
  );
  await until(async () => (await standing("la")).health === "up");
  expect(await standing("la")).toMatchObject({ version: 1, speaks: 1 });
  la.close();
});

test("a node that left version 1 behind is greeted again in the newest that both know", async () => {
  const vn = await stranger("vn", 2, 3);
  const sent = await id.send(vn.node, "test.message", {});
  await until(() => vn.taken.length === 1);
  expect(vn.taken[0]).toMatchObject({ id: sent, v: 3, urgent: false });
  expect(await standing("vn")).toMatchObject({ version: 3, speaks: 3 });
  vn.close();
});

test("what excludes somebody over there is not sent to a node of before, which would show it to everybody", async () => {
  const th = await stranger("th", 1, 2);
  const [desk, newId] = [Id.make({ clock: systemClock, random }), Id.make({ clock: systemClock, random })];
  const excluded = [{ id: newId, kind: "desk" as const, who: desk }];
  id.mayLeave = ({ kind }) => Promise.resolve({ kind: "may", ...(kind === "test.kept" ? { excluded } : {}) });
  const kept = await id.send(th.node, "test.kept", {});
  const open = await id.send(th.node, "test.message", {});
  await until(() => th.taken.length === 1);
  expect(th.taken.map((one) => [one.id, one.v])).toEqual([[open, 2]]);
  await until(async () => (await id.outbox(kept)).state === "dead");
  expect((await id.outbox(kept)).last_error).toMatch(/CANNOT_EXCLUDE/);
  th.close();
  const vn = await stranger("mm", 2, 3);
  await id.send(vn.node, "test.kept", {});
  await until(() => vn.taken.length === 1);
  expect(vn.taken[0]!.excluded).toEqual(excluded);
  vn.close();
});

test("with a node that speaks nothing that we know nothing is exchanged, and both are told who must be updated", async () => {
  const my = await stranger("my", 5, 6);
  const sent = await id.send(my.node, "test.message", {});
  await until(async () => (await standing("my")).health === "refusing");
  expect((await standing("my")).lastError).toMatch(/^OLDER_VERSION/);
  expect(await id.outbox(sent)).toMatchObject({ state: "waiting", sequence: null });
  expect(my.taken).toEqual([]);
  my.close();
});
