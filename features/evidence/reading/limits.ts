// How much a reader may take, give and hold: every size and count has its cap.

export interface ReadingLimits {
  /** Seconds for one file. */
  seconds: number;
  /** Megabytes of heap for one file. */
  heap: number;
  /** Bytes of a file that must be held whole (PDF, workbook, mail, picture). */
  whole: number;
  /** Parts of one reading. */
  parts: number;
  /** Characters of one part; longer ones are split. */
  part: number;
  /** Characters of the whole reading. */
  characters: number;
  /** Entries of an archive, unpacked bytes of one entry and of all, and unpacked ÷ packed beyond the first 10 MB. */
  entries: number;
  entry: number;
  unpacked: number;
  ratio: number;
}

const MiB = 1024 * 1024;

export const usualReadingLimits: ReadingLimits = {
  seconds: 600,
  heap: 768,
  whole: 128 * MiB,
  parts: 5_000_000,
  part: 16_000,
  characters: 1_000_000_000,
  entries: 20_000,
  entry: 1024 * MiB,
  unpacked: 4096 * MiB,
  ratio: 120,
};
