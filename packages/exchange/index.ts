// Exchange between nodes: envelopes, peers, outbox, receipts. It knows no law: what may leave is asked of others.
export type { Ahead } from "./ahead.ts";
export type { Compared } from "./meeting.ts";
export { openExchange, type Exchange, type ExchangeSettings } from "./exchange.ts";
export { readBody } from "./body.ts";
export { cardFingerprint } from "./card.ts";
export { chunkBytes } from "./attachments.ts";
export type { AttachmentSource, FetchHow, KeptRanges } from "./attachments.ts";
export type { Bandwidths } from "./bandwidth.ts";
export { makeCertificate, pinOf } from "./certificate.ts";
export {
  excludedKinds,
  limits,
  openEnvelope,
  parseEnvelope,
  sealEnvelope,
  oldestVersion,
  voidType,
  wireVersion,
} from "./envelope.ts";
export type { AttachmentRef, Envelope, Excluded } from "./envelope.ts";
export { EnvelopeRefused, ExchangeError, refusalCodes, transportCodes } from "./errors.ts";
export type { ExchangeCode, RefusalCode, TransportCode } from "./errors.ts";
export {
  blockOf,
  blocksIn,
  evidenceLimits,
  evidenceLines,
  firstSince,
  sureUntil,
  textDigest,
} from "./evidences.ts";
export type { Block, Carried, Direction, EvidenceLine, Span } from "./evidences.ts";
export { replaceKeys, signChange, signRevocation } from "./key-change.ts";
export type { FreshKeys } from "./key-change.ts";
export { overlapUntil } from "./key-talk.ts";
export { makeNodeKeys, printNodeKeys, publicKeys, readNodeKeys } from "./keys.ts";
export type { AgencyKey, NodeKeys, PublicKeys, Speaking } from "./keys.ts";
export { openLetters, refusedLetters, tryAgain } from "./letters.ts";
export type { Letter, RefusedLetter } from "./letters.ts";
export { joinParts, type Exclusion, type PeerPart } from "./part.ts";
export { confirmPeer, proposePeer, signedEver, stopPeer, storedPeers } from "./peers.ts";
export { peerStandings } from "./standing.ts";
export type { Peer, PeerCard, Peers } from "./peers.ts";
export type { PeerHealth } from "./rows.ts";
export type { PeerStanding } from "./standing.ts";
export { keysOnRecord, statementsOnRecord } from "./peer-keys.ts";
export type { KeyOnRecord } from "./peer-keys.ts";
export { stolenAgencyKeys, type StolenKey } from "./stolen.ts";
export { resumePeer, suspendPeer } from "./suspension.ts";
export { fetchPublic, outwardCodes, OutwardError, publicUrl } from "./outward.ts";
export type { Fetched, OutwardSettings, Remembered } from "./outward.ts";
export { readReceipt, type Receipt } from "./receipt.ts";
export type { OnEnvelope } from "./receiver.ts";
export type { Leave, MayLeave, Outgoing } from "./sender.ts";
export { contentDigest, signRequest, verifyRequest, windowSeconds } from "./signatures.ts";
export { readWords, signedWith, signWords } from "./statement.ts";
export type { AnswerQuestion, Questions } from "./server.ts";
