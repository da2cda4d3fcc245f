// The folders of migrations of this product's features, by hand; the store brings its own.
const features = [
  "access",
  "cases",
  "evidence",
  "checks",
  "requests",
  "recalls",
  "letters",
  "oversight",
  "assistance",
  "retention",
  "peers",
  "subject-access",
  "victims",
  "reviews",
  "referrals",
  "exclusions",
  "distress",
  "field",
  "surge",
  "operations",
  "exercises",
  "targets",
  "charges",
  "joint",
  "watch-lists",
  "border",
  "ads",
] as const;

export const migrations: readonly URL[] = features.map(
  (feature) => new URL(`../../features/${feature}/tables/`, import.meta.url),
);
