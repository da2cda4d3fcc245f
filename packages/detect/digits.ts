// Rows of digits as people write them: groups with little between them, found once for phones, accounts and papers.

export interface Group {
  start: number;
  end: number;
}

/** Groups that stand close enough to be one number. `plus`: where a plus sign or bracketed plus begins the row. */
export interface Row {
  groups: Group[];
  plus: number | null;
}

// At most three signs between two groups: "(0)81 - 234" is one number, "81   234" is two.
const between = /^(?:[ .\-/()]{0,3}|\) ?- ?|  ?)$/;
const groups = /\d+/g;

/** All rows, in order; at most sixteen groups a row, longer ones are continued in the next. */
export function* rows(text: string): Generator<Row> {
  let row: Row | null = null;
  let last = 0;
  for (const hit of text.matchAll(groups)) {
    const start = hit.index;
    const end = start + hit[0].length;
    const gap = text.slice(last, start);
    const joined: boolean =
      row !== null &&
      row.groups.length < 16 &&
      gap.length <= 3 &&
      between.test(gap) &&
      !/^  |\) ?\d?\)/.test(gap);
    if (joined) row!.groups.push({ start, end });
    else {
      if (row) yield row;
      const lead = /(?:\(?\+ ?\(?)$/.exec(text.slice(Math.max(0, start - 4), start));
      row = { groups: [{ start, end }], plus: lead ? start - lead[0].length : null };
    }
    last = end;
  }
  if (row) yield row;
}
