// Reading messages and adverts: selectors with their places, and the language they are written in.
export { encodings, guessEncoding, type EncodingLabel } from "./encoding.ts";
export { DetectError, longestText, type DetectCode } from "./errors.ts";
export { find, type FindOptions, type Found } from "./find.ts";
export { fromZawgyi, unicodeBurmese, zawgyiLikelihood } from "./burmese/zawgyi.ts";
export { fold, type Folded } from "./fold.ts";
export { language, languages, type Language, type LanguageCode } from "./language/index.ts";
export { findInPieces, usualPiece } from "./pieces.ts";
export { flags, type Flag, type FlagOptions } from "./flags/flags.ts";
export { usualNorms, type Norms } from "./flags/pay.ts";
export { flagIds, phraseLanguages, phrasesOf, type FlagId, type PhraseLanguage } from "./flags/phrases.ts";
export { Campaigns, type CampaignEvent } from "./campaigns/campaigns.ts";
export { selectorLinks, type AdvertSelectors, type SelectorLink } from "./campaigns/selector-links.ts";
export { agreement, ngrams, sketch, type Agreement, type Sketch } from "./campaigns/sketch.ts";
export { template, type Template, type TemplatePart } from "./campaigns/template.ts";
export {
  calibrate,
  enough,
  isotonic,
  shareAt,
  type Calibration,
  type Labelled,
} from "./ranking/calibrate.ts";
export { foldsOf, lots, nearGroups } from "./ranking/folds.ts";
export {
  margin,
  marginOf,
  tellingTerms,
  train,
  trainOn,
  type Example,
  type Label,
  type LinearModel,
  type TrainOptions,
} from "./ranking/linear.ts";
export { f1, marksOf, measured, recallAt, type Marks } from "./ranking/measure.ts";
export { neutral } from "./ranking/neutral.ts";
export { kappa, oneLabelOnly, queue, type Queued, type Turn, type Waiting } from "./ranking/queue.ts";
export { rank, usualWeights, type Rank, type RankWeights, type Seen } from "./ranking/rank.ts";
export { packModel, unpackModel } from "./ranking/stored.ts";
export { counted, usualTerms, type Terms } from "./ranking/wording.ts";
