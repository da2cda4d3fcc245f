// What may be doubtful about a row of a list.

/** What is said beside a row; never a reason to leave it out. */
export const rowIssues = [
  "no-name",
  "mononym",
  "zawgyi",
  "born-buddhist",
  "born-impossible",
  "born-ahead",
  "born-too-old",
  "born-day-month",
  "born-short-year",
  "child-as-adult",
  "child",
  "age-differs",
  "nationality-unread",
  "no-nationality",
  "document-unread",
] as const;
export type RowIssue = (typeof rowIssues)[number];
