// A node is brought back from a backup of before a neighbour's key was stolen, and two persons enter the neighbour's new
// card first: what the stolen key signs is not believed all the same.
import { openStore, type OpenStore } from "@simpul/store";
import { afterAll, expect, test, vi } from "vitest";
import { closeAfter } from "../../testing/closing.ts";
import { copyDatabase, dropDatabase } from "../../testing/database.ts";
import { introduce, makePair, random, until } from "../../testing/exchange-pair.ts";
import { replaceKeys, signRevocation } from "./key-change.ts";
import { makeNodeKeys, rawPublic } from "./keys.ts";
import { storedPeers } from "./peers.ts";
import { stolenAgencyKeys } from "./stolen.ts";

vi.setConfig({ testTimeout: 60_000 });

const [id, kh] = await makePair();
afterAll(() => Promise.all([id.close(), kh.close()]));

test("the card came before the word that the old key was stolen: the node asks for it when it meets the state", async () => {
  const stolen = rawPublic(id.keys.agencies[0]!.privateKey);
  const at = async (url: string): Promise<OpenStore> => {
    const store = await openStore({ url, migrations: [], clock: kh.clock, random, connections: 4 });
    closeAfter(() => store.close());
    return store;
  };
  await kh.close();
  await kh.store.close();
  const backup = await copyDatabase(kh.url);
  closeAfter(() => dropDatabase(backup.url));
  const day = await at(kh.url);
  await kh.reopen({ store: day });

  const agencies = id.keys.agencies.map(({ agency }) => agency);
  const {
    tls,
    signing,
    sealing,
    agencies: fresh,
  } = makeNodeKeys(id.code, agencies, { clock: id.clock, random });
  const when = { at: new Date(), since: new Date(Date.now() - 60_000) };
  replaceKeys(
    id.keys,
    { tls, signing, sealing, agencies: fresh },
    await signRevocation(id.keys, when),
    "revoked",
  );
  await id.exchange.keysChanged();
  await until(async () => (await storedPeers(day).byNode("id"))!.state === "stopped");
  await introduce({ ...kh, store: day }, id);
  await id.exchange.compare(kh.code);
  await until(async () => (await storedPeers(id.store).byNode("kh"))!.knowsOurs === 1);

  const store = await at(backup.url);
  await kh.reopen({ store });
  await introduce({ ...kh, store }, id);
  await kh.exchange.compare(id.code);
  expect(await stolenAgencyKeys(store)).toMatchObject([{ node: "id", key: stolen, since: when.since }]);
  expect(await storedPeers(store).byNode("id")).toMatchObject({ state: "confirmed", number: 1, former: [] });
});
