// The room that asks her, refers her and hands her over: what it is given of the compartment, access and the exchange.
import { proofs } from "@simpul/features/access/step-up.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { directory } from "@simpul/features/access/directory.ts";
import { openFont, openFontRules } from "@simpul/features/distress/open-fonts.ts";
import { readExplanation } from "@simpul/features/referrals/explain.ts";
import { jweOf, readGivenAs, type Opening } from "@simpul/features/referrals/given.ts";
import { shareRow } from "@simpul/features/referrals/node.ts";
import type { ScriptFonts } from "@simpul/features/referrals/routes-handed.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import { standingOf, type VictimsNode } from "@simpul/features/victims/node.ts";
import { referralsRefusals } from "@simpul/features/referrals/contract.ts";
import { tellDeskKey } from "@simpul/features/referrals/desk-keys/keys.ts";
import { referralsInbox } from "@simpul/features/referrals/inbox.ts";
import { referralsPart } from "@simpul/features/referrals/peer.ts";
import { handedRoutes } from "@simpul/features/referrals/routes-handed.ts";
import { referralsRoutes } from "@simpul/features/referrals/routes.ts";
import { returnOnSilence } from "@simpul/features/referrals/shares.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function referralsNode(node: Node, access: AccessNode, victims: VictimsNode): Opening {
  const { code, name, store, clock, random, peering, keys } = node;
  const compartment = compartmentOf(victims);

  const unseal = async (who: AtDesk, jwe: string): Promise<unknown> =>
    parsed(await (await compartment.open(who)).unseal(jwe));

  return {
    ...{ code, name, store, clock, random, compartment, proofs, unseal },
    policy: access.policy,
    terms: node.terms.referrals,
    explanation: readExplanation(),
    directory: directory(store),
    signer: keys.signer,
    keysOf: (peer) => peering.signingKeys(peer),
    peers: () => peering.peers(),
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
    async readGiven(who, share) {
      const { row, jwe } = await store.read(standingOf(who), async (db) => {
        db.noteRead("share.read", { id: share });
        return { row: await shareRow(db, share), jwe: await jweOf(db, share) };
      });
      return jwe === null ? null : readGivenAs(await unseal(who, jwe), row);
    },
  };
}

/** The page of a one-time link draws every script with the fonts that the page for a held person has. */
export const handedFonts: ScriptFonts = {
  rules: openFontRules,
  file: openFont,
};

function parsed(plain: Uint8Array | null): unknown {
  if (plain === null) return null;
  try {
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  } catch {
    return null;
  }
}

export const referralsRoom = (referrals: Opening): Room => ({
  openDoors: [["/", handedRoutes(referrals, handedFonts)]],
  doors: [["/api/referrals", referralsRoutes(referrals)]],
  inbox: [referralsInbox(referrals)],
  peer: [referralsPart(referrals)],
  chores: [
    { name: "tell the key of the victim desk", everySeconds: 30, run: () => tellDeskKey(referrals) },
    { name: "return what nobody answered", everySeconds: 30, run: () => returnOnSilence(referrals) },
  ],
  refusals: referralsRefusals,
});
