// An agency founded, or given another key, while both nodes run: its first letter is believed, by the node's own word.
import { generateKeyPairSync } from "node:crypto";
import { Id } from "@simpul/model";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makePair, random, systemClock, until, type TestNode } from "../../testing/exchange-pair.ts";
import { readAgencies, signAgencies } from "./agencies.ts";
import { makeNodeKeys, publicKeys, type AgencyKey } from "./keys.ts";
import { storedPeers } from "./peers.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let id: TestNode;
let kh: TestNode;
/** Whose signature the letters of Indonesia bear. */
let by: AgencyKey;
const fresh = (agency = Id.make({ clock: systemClock, random })): AgencyKey => ({
  agency,
  privateKey: generateKeyPairSync("ed25519").privateKey,
});
beforeAll(async () => {
  [id, kh] = await makePair();
  by = id.keys.agencies[0]!;
  await id.reopen({ agencyFor: () => by });
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const arrives = async (): Promise<string> => {
  const sent = await id.send(kh.code, "test.message", {});
  await until(async () => (await id.outbox(sent)).state !== "waiting");
  const { state, last_error: error } = await id.outbox(sent);
  return error ?? state;
};

test("founded while the nodes run, an agency's first letter is taken, without a new card", async () => {
  expect(await arrives()).toBe("receipted");
  by = fresh();
  id.keys.agencies = [...id.keys.agencies, by];
  expect(await arrives()).toBe("receipted");
  expect(kh.taken.at(-1)!.agency).toBe(by.agency);
  const known = (await storedPeers(kh.store).byNode("id"))!.agencies;
  expect([...known.keys()].sort()).toEqual(id.keys.agencies.map(({ agency }) => agency).sort());
});

test("given another key, an agency signs with it at once, and its old key does not count any more", async () => {
  const old = by;
  by = fresh(old.agency);
  id.keys.agencies = id.keys.agencies.map((one) => (one.agency === by.agency ? by : one));
  expect(await arrives()).toBe("receipted");
  by = old;
  expect(await arrives()).toBe("BAD_SIGNATURE");
  by = id.keys.agencies[0]!;
  expect(await arrives()).toBe("receipted");
});

test("an agency that the node does not announce is refused", async () => {
  by = fresh();
  expect(await arrives()).toBe("UNKNOWN_AGENCY");
  by = id.keys.agencies[0]!;
});

test("only the very node's word counts, and only for the node that it was given to", async () => {
  const now = new Date();
  const expected = {
    keys: [(await storedPeers(kh.store).byNode("id"))!.signing],
    node: id.code,
    to: kh.code,
  };
  const list = await signAgencies(id.keys, { node: kh.code, knowsOurs: 0 }, now);
  expect(await readAgencies(list, expected)).toEqual(publicKeys(id.keys).agencies);
  const stranger = makeNodeKeys(id.code, [by.agency], { clock: systemClock, random });
  const forged = await signAgencies(stranger, { node: kh.code, knowsOurs: 0 }, now);
  await expect(readAgencies(forged, expected)).rejects.toThrow("BAD_SIGNATURE");
  const other = await signAgencies(id.keys, { node: id.code, knowsOurs: 0 }, now);
  await expect(readAgencies(other, expected)).rejects.toThrow("BAD_SIGNATURE");
  const turned = list.replace(/\.[^.]{20}/, (some) => some.slice(0, 20) + (some.endsWith("A") ? "B" : "A"));
  await expect(readAgencies(turned, expected)).rejects.toThrow("BAD_SIGNATURE");
  const twice = { ...id.keys, agencies: [by, by] };
  await expect(
    readAgencies(await signAgencies(twice, { node: kh.code, knowsOurs: 0 }, now), expected),
  ).rejects.toThrow("BAD_REQUEST");
});
