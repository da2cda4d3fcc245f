// The structure of a PDF's text for whoever hears it read: headings and paragraphs in their order, each in its language.
import type { Piece } from "./marks.ts";
import { literal, type Objects } from "./objects.ts";

interface Element {
  piece: Piece;
  at: number;
  /** Where its text lies: on a page, under a number of that page. */
  kids: { page: number; mark: number }[];
}

/** ISO 32000-1, 14.7: one document of elements, and for each page which element a marked sequence belongs to. */
export class Tags {
  private readonly out: Objects;
  private readonly root: number;
  private readonly document: number;
  private readonly elements = new Map<Piece, Element>();
  private readonly pages: number[][] = [];
  constructor(out: Objects) {
    this.out = out;
    this.root = out.reserve();
    this.document = out.reserve();
  }

  /** For one page: begins a marked sequence of a piece that may go on from the page before. */
  of(page: number): (piece: Piece) => string {
    const marks: number[] = [];
    this.pages.push(marks);
    return (piece) => {
      let element = this.elements.get(piece);
      if (element === undefined) {
        element = { piece, at: this.out.reserve(), kids: [] };
        this.elements.set(piece, element);
      }
      const mark = marks.push(element.at) - 1;
      element.kids.push({ page, mark });
      return `/${piece.role}<</MCID ${String(mark)}>>BDC`;
    };
  }

  /** Writes the tree; gives the number of its root. */
  end(): number {
    const { out, root, document } = this;
    for (const { piece, at, kids } of this.elements.values()) {
      const spoken = piece.language === "und" ? "" : `/Lang ${literal(piece.language)}`;
      const list = kids.map(({ page, mark }) => `<</Type/MCR/Pg ${String(page)} 0 R/MCID ${String(mark)}>>`);
      out.put(
        at,
        `<</Type/StructElem/S/${piece.role}/P ${String(document)} 0 R${spoken}/K[${list.join("")}]>>`,
      );
    }
    const all = [...this.elements.values()].map(({ at }) => `${String(at)} 0 R`).join(" ");
    out.put(document, `<</Type/StructElem/S/Document/P ${String(root)} 0 R/K[${all}]>>`);
    const nums = this.pages.map(
      (marks, at) => `${String(at)}[${marks.map((one) => `${String(one)} 0 R`).join(" ")}]`,
    );
    const parents = out.add(`<</Nums[${nums.join("")}]>>`);
    out.put(
      root,
      `<</Type/StructTreeRoot/K ${String(document)} 0 R/ParentTree ${String(parents)} 0 R` +
        `/ParentTreeNextKey ${String(this.pages.length)}>>`,
    );
    return root;
  }
}
