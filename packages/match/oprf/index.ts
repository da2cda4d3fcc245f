// The private check: RFC 9497 over ristretto255, the tag filter of a peer, and the rules both keep.
export * from "./engine.ts";
export * from "./errors.ts";
export { nobleEngine } from "./noble.ts";
export {
  blind,
  blindWith,
  deriveKeyPair,
  evaluate,
  evaluateOwn,
  evaluateWithProof,
  finalise,
  finaliseVerified,
  type Blinded,
  type Evaluated,
  type KeyPair,
} from "./protocol.ts";
export { proofBytes, verifyProof } from "./proof.ts";
export { batchLimit, identifier, inputLimit, modes, type Mode } from "./suite.ts";
export { selfTest } from "./self-test.ts";
export {
  canonicalLimit,
  checkKeyName,
  keyId,
  selectorInput,
  typeKey,
  type CanonicalSelector,
  type KeyName,
  type PublishedKey,
} from "./input.ts";
export { borderInput, borderKey, borderKinds, type BorderKind } from "./border-input.ts";
export { filterCountLimit, makeFilter, padTags, readFilter, tagOf, TagSet } from "./filter.ts";
export type { ExpectedFilter, FilterContent } from "./filter.ts";
export type { FilterHeader } from "./filter-header.ts";
export * from "./limits.ts";
export * from "./rules.ts";
export { planInput, planKey, planKinds, type PlanKind } from "./plan-input.ts";
export { searchInput, searchKey, searchKinds, searchTag, type SearchKind } from "./search-input.ts";
export { fromBase64url, readElements, toBase64url } from "./wire.ts";
