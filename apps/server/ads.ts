// Adverts: what they are given of this node, of cases, and of the evidence room's reading of legacy Burmese.
import { createHmac } from "node:crypto";
import { fetchPublic } from "@simpul/exchange";
import { directory } from "@simpul/features/access/directory.ts";
import { socketAddress } from "@simpul/features/access/door.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { adsRefusals, feedLimits, type CasesForAdverts } from "@simpul/features/ads/contract.ts";
import { drawAll, importJobs } from "@simpul/features/ads/imports.ts";
import { feedJobs, feedsDue } from "@simpul/features/ads/feeds.ts";
import { advertForm } from "@simpul/features/ads/form/door.ts";
import type { AdsNode } from "@simpul/features/ads/node.ts";
import { pictureJobs } from "@simpul/features/ads/pictures/job.ts";
import { rankJobs } from "@simpul/features/ads/wording/rank-anew.ts";
import { setJobs } from "@simpul/features/ads/wording/sets.ts";
import { wordingJobs } from "@simpul/features/ads/wording/train.ts";
import { addRecord } from "@simpul/features/cases/add.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { openCase } from "@simpul/features/cases/open.ts";
import { openFont, openFontRules } from "@simpul/features/distress/open-fonts.ts";
import { adsInbox } from "@simpul/features/ads/inbox.ts";
import { adsRoutes } from "@simpul/features/ads/routes.ts";
import { advertLetters } from "./letters.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

/** The crime that adverts of this kind are about (a code of the agreed list). */
const crimeType = "trafficking-forced-criminality";

const casesForAdverts = (cases: CasesNode): CasesForAdverts => ({
  async carry(standing, ref, advert) {
    const number = ref ?? (await openCase(cases, standing, { title: advert.title, crimeType })).number;
    const { text: written, language } = advert;
    const note = await addRecord(cases, standing, number, "note", { body: written, language });
    const source = { kind: "note", note: note.id } as const;
    for (const { type, written: value, role } of advert.selectors)
      await addRecord(cases, standing, number, "selector", { type, written: value, role }, { source });
    return { number, selectors: advert.selectors.length };
  },
});

/** The public forms that officers opened; where none is open, every such address says so. */
export const advertForms = (node: Node, ads: AdsNode, address: string) =>
  advertForm(ads, {
    ...{ exercise: node.exercise, secure: address.startsWith("https:"), from: socketAddress },
    fonts: { rules: openFontRules, bytes: openFont },
    fault: (kind) => node.log.error({ kind }, "the form for adverts failed"),
  });

export function adsNode(node: Node, cases: CasesNode): AdsNode {
  const { code, store, clock, random, keys, pageSecret } = node;
  return {
    ...{ code, store, clock, random, policy: cases.policy, signer: keys.signer },
    directory: directory(store),
    cases: casesForAdverts(cases),
    letters: advertLetters(node),
    proofs,
    outward: (address, last) =>
      fetchPublic(address, last, { limit: feedLimits.bytes, timeoutMs: feedLimits.timeoutMs }),
    mark: (value) => createHmac("sha256", pageSecret).update(`adverts\0${value}`).digest(),
    gathered: new Map(),
    wordings: new Map(),
    reading: new Map(),
    wake: (topic) => store.wakes.wake(topic),
  };
}

export const adsRoom = (ads: AdsNode): Room => ({
  doors: [["/api/ads", adsRoutes(ads)]],
  inbox: [adsInbox(ads)],
  jobs: {
    ...importJobs(ads),
    ...feedJobs(ads),
    ...setJobs(ads),
    ...wordingJobs(ads),
    ...rankJobs(ads),
    ...pictureJobs(ads),
  },
  chores: [
    { name: "draw the day's adverts", everySeconds: 3600, run: () => drawAll(ads) },
    { name: "fetch feeds that are on", everySeconds: 60, run: () => feedsDue(ads) },
  ],
  refusals: adsRefusals,
});
