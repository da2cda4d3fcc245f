// The features of this product, listed by hand: what each is given, and where its door stands.
import type { Acting, Credential, Env, OpenAPIHono, Refusals } from "@simpul/doors/http";
import { accessRefusals } from "@simpul/features/access/contract.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { accessRoutes } from "@simpul/features/access/routes.ts";
import { resolveSession, sessionHolds } from "@simpul/features/access/sessions.ts";
import { actorsRefusals } from "@simpul/features/actors/contract.ts";
import { actorsRoutes } from "@simpul/features/actors/routes.ts";
import { assistanceRefusals } from "@simpul/features/assistance/contract.ts";
import { assistanceInbox } from "@simpul/features/assistance/inbox.ts";
import { assistancePart } from "@simpul/features/assistance/peer.ts";
import { assistanceRoutes } from "@simpul/features/assistance/routes.ts";
import { readCodes } from "@simpul/features/cases/codes.ts";
import { casesRefusals } from "@simpul/features/cases/contract.ts";
import { caseTasks, emergencies } from "@simpul/features/cases/inbox.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { casesRoutes } from "@simpul/features/cases/routes.ts";
import { compareLogs } from "@simpul/features/checks/compare.ts";
import { checksRefusals } from "@simpul/features/checks/contract.ts";
import { checksTasks } from "@simpul/features/checks/inbox.ts";
import { checksJobs, keepIndex, refreshIndex } from "@simpul/features/checks/jobs.ts";
import type { ChecksNode } from "@simpul/features/checks/node.ts";
import { checksForOthers, hitsForAssistance } from "@simpul/features/checks/others.ts";
import { checksPart } from "@simpul/features/checks/peer.ts";
import { checksRoutes } from "@simpul/features/checks/routes.ts";
import { readTerms } from "@simpul/features/checks/terms.ts";
import { evidenceRefusals } from "@simpul/features/evidence/contract.ts";
import { evidenceJobs } from "@simpul/features/evidence/jobs.ts";
import { sealWhatFits, sweepIntakes } from "@simpul/features/evidence/intake/jobs.ts";
import { sweepExports } from "@simpul/features/evidence/export/exports.ts";
import { exportJobs } from "@simpul/features/evidence/export/job.ts";
import { trustPolicy } from "@simpul/features/evidence/export/policy.ts";
import { exportRoutes } from "@simpul/features/evidence/export/routes.ts";
import { findingsForCases } from "@simpul/features/evidence/findings.ts";
import { evidenceRoutes } from "@simpul/features/evidence/routes.ts";
import { accessInbox } from "@simpul/features/access/inbox.ts";
import { directory, posts } from "@simpul/features/access/directory.ts";
import { caseNumbers } from "@simpul/features/cases/numbers.ts";
import { exclusionsRefusals } from "@simpul/features/exclusions/contract.ts";
import { exclusionsInbox } from "@simpul/features/exclusions/inbox.ts";
import { exclusionsPart } from "@simpul/features/exclusions/peer.ts";
import { exclusionsRoutes } from "@simpul/features/exclusions/routes.ts";
import { inboxRoutes } from "@simpul/features/inbox/routes.ts";
import { restsOf } from "@simpul/features/oversight/freeze.ts";
import { oversightInbox } from "@simpul/features/oversight/inbox.ts";
import { oversightRefusals, type OversightNode } from "@simpul/features/oversight/node.ts";
import { notice } from "@simpul/features/oversight/notice.ts";
import { freezeRoutes } from "@simpul/features/oversight/routes-work.ts";
import { drawSamples } from "@simpul/features/oversight/sample.ts";
import { oversightRoutes } from "@simpul/features/oversight/routes.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { peersRefusals } from "@simpul/features/peers/contract.ts";
import { peersInbox } from "@simpul/features/peers/inbox.ts";
import { takeUpKeys } from "@simpul/features/peers/keys.ts";
import type { PeersNode } from "@simpul/features/peers/node.ts";
import { peersRoutes } from "@simpul/features/peers/routes.ts";
import type { PeerPart } from "@simpul/exchange";
import { lettersRefusals } from "@simpul/features/letters/contract.ts";
import { lettersInbox } from "@simpul/features/letters/inbox.ts";
import { lettersRoutes } from "@simpul/features/letters/routes.ts";
import { recallsRefusals } from "@simpul/features/recalls/contract.ts";
import { recallsInbox } from "@simpul/features/recalls/inbox.ts";
import { recallsPart } from "@simpul/features/recalls/peer.ts";
import { recallsRoutes } from "@simpul/features/recalls/routes.ts";
import { recallsJobs } from "@simpul/features/recalls/tree.ts";
import { requestsRefusals } from "@simpul/features/requests/contract.ts";
import { escalate } from "@simpul/features/requests/awake.ts";
import { grantsForItems } from "@simpul/features/requests/held.ts";
import { overridesInbox, requestsInbox } from "@simpul/features/requests/inbox.ts";
import { requestsJobs } from "@simpul/features/requests/jobs.ts";
import { followUps } from "@simpul/features/requests/follow-ups.ts";
import { requestsPart } from "@simpul/features/requests/peer.ts";
import { requestsRoutes } from "@simpul/features/requests/routes.ts";
import { casesSight } from "@simpul/features/cases/sight.ts";
import { checksSight } from "@simpul/features/checks/sight.ts";
import { itemsSight } from "@simpul/features/evidence/sight.ts";
import { recallsSight } from "@simpul/features/recalls/sight.ts";
import { requestsSight } from "@simpul/features/requests/sight.ts";
import { assistanceSight } from "@simpul/features/assistance/sight.ts";
import { retentionSight } from "@simpul/features/retention/sight.ts";
import { sightRoutes } from "@simpul/features/sight/routes.ts";
import { subjectAccessRefusals } from "@simpul/features/subject-access/contract.ts";
import { subjectAccessInbox } from "@simpul/features/subject-access/inbox.ts";
import { subjectAccessRoutes } from "@simpul/features/subject-access/routes.ts";
import type { Id } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import { printVerifierKey } from "@simpul/seal";
import type { JobHandler } from "@simpul/store";
import { deniedRefusals, loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { retentionRefusals } from "@simpul/features/retention/contract.ts";
import { retentionInbox } from "@simpul/features/retention/inbox.ts";
import { retentionJobs, reviewKept } from "@simpul/features/retention/jobs.ts";
import { retentionRoutes } from "@simpul/features/retention/routes.ts";
import { reviewsRefusals } from "@simpul/features/reviews/contract.ts";
import { reviewsInbox } from "@simpul/features/reviews/inbox.ts";
import { reviewsRoutes } from "@simpul/features/reviews/routes.ts";
import { searchRefusals } from "@simpul/features/reviews/contract/search.ts";
import { searchPart, sendReplies } from "@simpul/features/reviews/search/peer.ts";
import { searchRoutes } from "@simpul/features/reviews/search/routes.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import { referralsRefusals } from "@simpul/features/referrals/contract.ts";
import { tellDeskKey } from "@simpul/features/referrals/desk-keys/keys.ts";
import { handedRoutes } from "@simpul/features/referrals/routes-handed.ts";
import { referralsInbox } from "@simpul/features/referrals/inbox.ts";
import { referralsPart } from "@simpul/features/referrals/peer.ts";
import { referralsRoutes } from "@simpul/features/referrals/routes.ts";
import { returnsRefusals } from "@simpul/features/returns/contract.ts";
import { daysOf } from "@simpul/features/returns/plan.ts";
import { returnsRoutes } from "@simpul/features/returns/routes.ts";
import { returnOnSilence } from "@simpul/features/referrals/shares.ts";
import { screeningRefusals } from "@simpul/features/screening/contract.ts";
import { controlsOf } from "@simpul/features/screening/desk.ts";
import { screeningRoutes } from "@simpul/features/screening/routes.ts";
import { distressRefusals } from "@simpul/features/distress/contract.ts";
import { escalateMessages } from "@simpul/features/distress/escalate.ts";
import { forgetDone } from "@simpul/features/distress/forget.ts";
import { distressInbox } from "@simpul/features/distress/inbox.ts";
import { distressPart } from "@simpul/features/distress/peer.ts";
import { standardsRefusals } from "@simpul/features/standards/contract.ts";
import { standardsRoutes } from "@simpul/features/standards/routes.ts";
import { distressRoutes } from "@simpul/features/distress/routes.ts";
import { chargesDoor, chargesInbox, chargesNode, chargesPart, chargesRefusals } from "./charges.ts";
import {
  pictureChores,
  pictureDoor,
  pictureInbox,
  pictureNode,
  picturePart,
  pictureRefusals,
} from "./picture.ts";
import { offencesRoutes } from "@simpul/features/offences/routes.ts";
import { targetsRefusals } from "@simpul/features/targets/contract.ts";
import { escalateTargets } from "@simpul/features/targets/follow.ts";
import { targetsInbox } from "@simpul/features/targets/inbox.ts";
import { targetsRoutes } from "@simpul/features/targets/routes.ts";
import { victimsRefusals } from "@simpul/features/victims/contract.ts";
import { closeIdle } from "@simpul/features/victims/opening.ts";
import { victimsInbox } from "@simpul/features/victims/due.ts";
import { victimsRoutes } from "@simpul/features/victims/routes.ts";
import { retentionNode } from "./retention.ts";
import { reviewsNode, searchNode, whenDeskOpens } from "./reviews.ts";
import { handedFonts, referralsNode } from "./referrals.ts";
import { returnsNode } from "./returns.ts";
import { screeningNode } from "./screening.ts";
import { contactRoutes, fieldNode, fieldRefusals, fieldRoutes } from "./field.ts";
import { targetsNode } from "./targets.ts";
import { surgeNode, surgeRefusals, surgeRoutes } from "./surge.ts";
import {
  operationsDoor,
  operationsInbox,
  operationsJobs,
  operationsChores,
  operationsNode,
  operationsPart,
  operationsRefusals,
} from "./operations.ts";
import { exercisesOf, exercisesRefusals } from "./exercises.ts";
import { followUpChores, followUpDoors, followUpInbox, followUpNode, followUpRefusals } from "./follow-up.ts";
import { victimsNode } from "./victims.ts";
import { borderControl, borderControlRefusals } from "./border.ts";
import { distressNode, openPageOf } from "./distress.ts";
import { actorsNode } from "./actors.ts";
import { coordinationOf } from "./coordination.ts";
import { advertForms, adsChores, adsInbox, adsJobs, adsNode, adsRefusals, adsRoutes } from "./ads.ts";
import { assistanceNode } from "./assistance.ts";
import { exclusionsNode } from "./exclusions.ts";
import {
  jointChores,
  jointInbox,
  jointJobs,
  jointNode,
  jointPart,
  jointRefusals,
  jointRoutes,
} from "./joint.ts";
import { exportNode } from "./exporting.ts";
import { noteKeys } from "./keys.ts";
import type { Node } from "./node.ts";
import { lettersNode } from "./letters.ts";
import type { Hono } from "hono";
import { recallsNode } from "./recalls.ts";
import { requestsNode } from "./requests.ts";

export interface Features {
  cookie: string;
  resolve(credential: Credential): Promise<Acting | null>;
  /** Whether a session that began a stream goes on. */
  holds(session: Id): Promise<boolean>;
  /** Doors that stand open before anybody signed in, or bring a guard of their own. */
  open: readonly [string, OpenAPIHono<Env>][];
  /** The page for a held person; null where it is off. */
  openPage: Hono | null;
  /** Public forms for adverts. */
  forms: Hono;
  signedIn: readonly [string, OpenAPIHono<Env>][];
  refusals: Refusals;
  /** What each feature takes from other nodes, sends them and answers. */
  peer: readonly PeerPart[];
  /** By kind of job. */
  jobs: Readonly<Record<string, JobHandler>>;
  /** What is due by the clock. */
  chores: readonly { name: string; everySeconds: number; run(): Promise<unknown> }[];
  /** What begins with the node and listens as long as it runs; each gives how to stop. */
  watches: readonly (() => () => void)[];
}

/** What access asks of a node that people reach at `address`. */
export function accessNode(node: Node, address: string): AccessNode {
  const { code, name, exercise, store, clock, random } = node;
  const rp = { id: new URL(address).hostname, name: `Simpul ${name}`, origins: [address] };
  return {
    ...{ code, name, exercise, store, clock, random, rp },
    policy: loadPolicy(cedar),
    provider: node.settings.provider ?? null,
    recoveryRoles: node.settings.recoveryRoles ?? ["administrator", "supervisor"],
  };
}

export function casesNode(node: Node): CasesNode {
  const { code, store, clock } = node;
  return {
    code,
    store,
    clock,
    policy: loadPolicy(cedar),
    codes: readCodes(),
    directory: directory(store),
    rests: restsOf,
    wake: (topic) => store.wakes.wake(topic),
    findings: findingsForCases(node.evidence),
  };
}

export function checksNode(node: Node, cases: CasesNode): ChecksNode {
  const { code, store, clock, random, oprf, keys, peering } = node;
  return {
    code,
    store,
    clock,
    random,
    engine: oprf,
    box: keys.box,
    signer: keys.signer,
    keysOf: (peer) => peering.signingKeys(peer),
    asking: { peers: () => peering.peers(), ask: (...asked) => peering.ask(...asked) },
    policy: cases.policy,
    cases: casesForOthers(cases),
    caseFacts: factsOf,
    proofs,
    directory: directory(store),
    terms: readTerms(),
    wake: (topic) => store.wakes.wake(topic),
  };
}

/** What oversight reads at this node. */
function overseen(node: Node, policy: Policy, exporting: Parameters<typeof trustPolicy>[0]): OversightNode {
  const { code, store, ledger, keys } = node;
  return {
    code,
    store,
    ledger,
    policy,
    origins: { main: keys.notes.main.name, reads: keys.notes.reads.name },
    names: { directory: directory(store), cases: caseNumbers(store) },
    proofs,
    mainPolicy: async () => (await trustPolicy(exporting)).text,
    logKeys() {
      const all = keys.ever.map((key) => noteKeys(code, key));
      return {
        main: all.map((one) => printVerifierKey(one.main)),
        reads: all.map((one) => printVerifierKey(one.reads)),
      };
    },
  };
}

/** What peers may do with this node's exchange. */
function peersNode(node: Node, policy: Policy): PeersNode {
  const { code, exercise, store, clock, peering, keys } = node;
  return {
    ...{ code, exercise, store, clock, policy, proofs },
    directory: directory(store),
    card: () => peering.card(),
    limits: node.settings.peerLimits ?? new Map(),
    keys: {
      statements: () =>
        keys.statements.map(({ kind, at, since, old }) => ({
          ...{ kind, at, since },
          old: Buffer.from(old).toString("base64url"),
        })),
      signing: () => Buffer.from(keys.signer.publicKey).toString("base64url"),
      overlap: () => peering.keysOverlap(),
      sign: (how) => peering.signKeys(how),
      take: (signed) => peering.takeKeys(signed),
    },
    compare: (peer) => peering.compare(peer),
    wake: () => peering.wake(),
  };
}

export function features(node: Node, address: string): Features {
  const access = accessNode(node, address);
  const secure = address.startsWith("https:");
  // Under this prefix a browser takes the cookie from exactly this host, by https only (ASVS 3.3.3).
  const cookie = `${secure ? "__Host-" : ""}simpul_${node.code}`;
  const cases = casesNode(node);
  const checks = checksNode(node, cases);
  const requests = requestsNode(node, cases, checksForOthers(checks));
  const recalls = recallsNode(node, requests);
  const joint = jointNode(node, requests);
  const letters = lettersNode(node, requests, recalls);
  const assistance = assistanceNode(requests, hitsForAssistance(checks));
  const retention = retentionNode(node, requests, recalls);
  const victims = victimsNode(node, access);
  const reviews = reviewsNode(node, cases, compartmentOf(victims));
  const targets = targetsNode(node, cases, reviews);
  const search = searchNode(node, reviews);
  victims.whenOpened.push(whenDeskOpens(search, node.log));
  const referrals = referralsNode(node, access, victims);
  const returns = returnsNode(referrals);
  victims.dueOf.push((person) => daysOf(returns, person));
  const exclusions = exclusionsNode(node, cases.policy);
  const distress = distressNode(node, victims);
  const screening = screeningNode(victims);
  const border = borderControl(node, cases.policy, checksForOthers(checks));
  const compartment = compartmentOf(victims);
  const field = fieldNode(node, victims, compartment);
  const surge = surgeNode(node, victims, compartment);
  const exercises = exercisesOf(node, cases.policy, distress);
  const operations = operationsNode(node, cases, targets, joint);
  const coordination = coordinationOf(node, { joint, operations, exercises: exercises.node });
  const ads = adsNode(node, cases);
  const followUp = followUpNode(node, cases.policy);
  const peers = peersNode(node, cases.policy);
  const exporting = exportNode(node, grantsForItems(requests));
  const charges = chargesNode(node, cases, reviews, exporting);
  const picture = pictureNode(node, cases.policy, compartment);
  const oversight = overseen(node, cases.policy, exporting);
  const subjects = {
    ...{ code: node.code, name: node.name, store: node.store, policy: cases.policy, proofs },
    ...oversight.names,
  };
  return {
    cookie,
    resolve: (credential) => resolveSession(access, credential),
    holds: (session) => sessionHolds(access, session),
    open: [
      ["/api/access", accessRoutes(access, { cookie, secure })],
      ["/", handedRoutes(referrals, handedFonts)],
      // A phone brings its own proof, for days after its officer signed in.
      ["/api/field/contact", contactRoutes(field)],
    ],
    openPage: openPageOf(node, distress, address),
    forms: advertForms(node, ads, address),
    signedIn: [
      ["/api/distress", distressRoutes(distress)],
      // Of the emergency desk's parts it needs the same: compartment, policy, proofs, names.
      [
        "/api/standards",
        standardsRoutes({ ...distress, controls: (person) => controlsOf(screening, person) }),
      ],
      ["/api/assistance", assistanceRoutes(assistance)],
      ["/api/retention", retentionRoutes(retention)],
      ["/api/victims", victimsRoutes(victims)],
      ["/api/screening", screeningRoutes(screening)],
      ["/api/reviews/searches", searchRoutes(search)],
      ["/api/reviews", reviewsRoutes(reviews)],
      ["/api/referrals", referralsRoutes(referrals)],
      ["/api/field", fieldRoutes(field)],
      ["/api/operations", operationsDoor(operations)],
      ...exercises.routes,
      ["/api/surge", surgeRoutes(surge)],
      ["/api/returns", returnsRoutes(returns)],
      ...border.routes.map(([path, routes]) => [path, routes] as [string, typeof routes]),
      ["/api/cases", casesRoutes(cases)],
      ["/api/checks", checksRoutes(checks)],
      ["/api/evidence", exportRoutes(exporting)],
      ["/api/evidence", evidenceRoutes({ ...node.evidence, cases: casesForOthers(cases) })],
      ["/api/joint", jointRoutes(joint)],
      ...coordination.routes,
      ["/api/letters", lettersRoutes(letters)],
      ["/api/exclusions", exclusionsRoutes(exclusions)],
      ["/api/offences", offencesRoutes(charges.law)],
      ["/api/charges", chargesDoor(charges)],
      ["/api/picture", pictureDoor(picture)],
      ["/api/targets", targetsRoutes(targets)],
      ...followUpDoors(followUp).map(([path, routes]) => [path, routes] as [string, typeof routes]),
      ["/api/actors", actorsRoutes(actorsNode(node, cases.policy))],
      ["/api/ads", adsRoutes(ads)],
      ["/api/peers", peersRoutes(peers)],
      ["/api/recalls", recallsRoutes(recalls)],
      ["/api/requests", requestsRoutes(requests)],
      ["/api/oversight", oversightRoutes(oversight)],
      ["/api/freezes", freezeRoutes(oversight)],
      ["/api/subject-access", subjectAccessRoutes(subjects)],
      [
        "/api/why",
        sightRoutes({
          ...{ code: node.code, store: node.store, policy: cases.policy },
          ...{ posts: posts(node.store), directory: directory(node.store) },
          sources: [
            casesSight,
            itemsSight(node.evidence),
            checksSight(checks),
            assistanceSight(assistance),
            requestsSight(requests),
            recallsSight(recalls),
            retentionSight(retention),
          ],
        }),
      ],
      [
        "/api/inbox",
        inboxRoutes({
          sources: [
            caseTasks(cases),
            emergencies(cases),
            checksTasks(checks, followUps),
            requestsInbox(requests),
            overridesInbox(requests),
            recallsInbox(recalls),
            peersInbox(peers),
            operationsInbox(operations),
            ...exercises.inbox,
            exclusionsInbox(exclusions),
            targetsInbox(targets),
            adsInbox(ads),
            followUpInbox(followUp),
            chargesInbox(charges),
            pictureInbox(picture),
            jointInbox(joint),
            lettersInbox(letters),
            oversightInbox(oversight),
            accessInbox(access),
            assistanceInbox(assistance),
            subjectAccessInbox(subjects),
            retentionInbox(retention),
            distressInbox(distress),
            reviewsInbox(reviews),
            referralsInbox(referrals),
            victimsInbox(victims),
            ...border.inbox,
          ],
          log: (err, source) => node.log.warn({ err, source }),
        }),
      ],
    ],
    peer: [
      distressPart(distress),
      checksPart(checks),
      requestsPart(requests),
      recallsPart(recalls),
      assistancePart(assistance),
      referralsPart(referrals),
      jointPart(joint),
      coordination.part,
      exclusionsPart(exclusions),
      operationsPart(operations),
      ...exercises.part,
      chargesPart(charges),
      picturePart(picture),
      searchPart(search),
      border.part,
    ],
    jobs: {
      ...evidenceJobs(node.evidence),
      ...exportJobs(exporting),
      ...checksJobs(checks),
      ...requestsJobs(requests),
      ...recallsJobs(recalls),
      ...retentionJobs(retention),
      ...operationsJobs(operations),
      ...exercises.jobs,
      ...jointJobs(joint),
      ...adsJobs(ads),
    },
    chores: [
      { name: "seal what had no room", everySeconds: 60, run: () => sealWhatFits(node.evidence) },
      { name: "sweep intakes", everySeconds: 3600, run: () => sweepIntakes(node.evidence) },
      { name: "sweep bundles", everySeconds: 3600, run: () => sweepExports(node.evidence) },
      { name: "refresh the index for checks", everySeconds: 3600, run: () => refreshIndex(checks) },
      { name: "tell who should look at requests", everySeconds: 60, run: () => escalate(requests) },
      { name: "ask whether records are still needed", everySeconds: 3600, run: () => reviewKept(retention) },
      { name: "compare logs of checks", everySeconds: 3600, run: () => compareLogs(checks) },
      { name: "tell the key of the victim desk", everySeconds: 30, run: () => tellDeskKey(referrals) },
      { name: "answer searches of victim desks", everySeconds: 30, run: () => sendReplies(search) },
      { name: "tell of overdue targets", everySeconds: 300, run: () => escalateTargets(targets) },
      { name: "return what nobody answered", everySeconds: 30, run: () => returnOnSilence(referrals) },
      {
        name: "tell who should look at emergencies",
        everySeconds: 60,
        run: () => escalateMessages(distress),
      },
      ...jointChores(joint),
      ...coordination.chores,
      ...exercises.chores,
      ...operationsChores(operations),
      ...adsChores(ads),
      ...pictureChores(picture),
      ...followUpChores(followUp),
      { name: "forget emergencies that are done", everySeconds: 3600, run: () => forgetDone(distress) },
      { name: "close desks that rest", everySeconds: 15, run: () => closeIdle(victims) },
      {
        name: "close keys that rest",
        everySeconds: 15,
        run: () => reviews.open.sweep((session) => sessionHolds(access, session), node.clock.now()),
      },
      { name: "draw the week's sample", everySeconds: 3600, run: () => drawSamples(oversight) },
      {
        name: "notice what stands out in the log",
        everySeconds: 3600,
        run: () => notice(oversight, requests.workDays.of([node.code])[0] ?? null),
      },
    ],
    watches: [
      () => {
        void takeUpKeys(peers).catch((err: unknown) => node.log.error({ err }, "new keys were not taken up"));
        return () => undefined;
      },
      () => keepIndex(checks, (err) => node.log.warn({ err }, "the index for checks was not asked for")),
    ],
    refusals: {
      ...accessRefusals,
      ...casesRefusals,
      ...checksRefusals,
      ...evidenceRefusals,
      ...requestsRefusals,
      ...recallsRefusals,
      ...lettersRefusals,
      ...jointRefusals,
      ...assistanceRefusals,
      ...retentionRefusals,
      ...deniedRefusals,
      ...peersRefusals,
      ...exclusionsRefusals,
      ...actorsRefusals,
      ...targetsRefusals,
      ...adsRefusals,
      ...chargesRefusals,
      ...pictureRefusals,
      ...oversightRefusals,
      ...subjectAccessRefusals,
      ...victimsRefusals,
      ...screeningRefusals,
      ...distressRefusals,
      ...standardsRefusals,
      ...reviewsRefusals,
      ...searchRefusals,
      ...referralsRefusals,
      ...fieldRefusals,
      ...surgeRefusals,
      ...returnsRefusals,
      ...operationsRefusals,
      ...exercisesRefusals,
      ...coordination.refusals,
      ...followUpRefusals,
      ...borderControlRefusals,
    },
  };
}
