// The lists of people of the exercise, as a desk gets them: invented names of each nationality, and totals that need not fit.
import type { StoryDeskWork } from "./protected.ts";

const names: Readonly<Record<string, readonly [given: readonly string[], family: readonly string[]]>> = {
  Indonesia: [
    ["Agus", "Dewi", "Rizky", "Putri", "Andi", "Sinta", "Hendri", "Yuni", "Teguh", "Wati"],
    ["Santoso", "Wijaya", "Lestari", "Hidayat", "Nugraha", "Siregar", "Purnama"],
  ],
  Philippines: [
    ["Marvin", "Jenny", "Ronald", "Kristine", "Jomar", "Liezel", "Arman", "Rosalie"],
    ["Reyes", "Garcia", "Mendoza", "Torres", "Flores", "Aquino", "Castillo"],
  ],
  Thai: [
    ["สมชาย", "มานี", "วิชัย", "สุดา", "ประเสริฐ", "นภา"],
    ["ใจดี", "สุขใจ", "แสงทอง", "บุญมา", "ทองดี"],
  ],
  "Viet Nam": [
    ["Đức", "Mai", "Hùng", "Lan", "Tuấn", "Hoa"],
    ["Nguyễn Văn", "Trần Thị", "Phạm Minh", "Lê Quang", "Võ Thanh"],
  ],
  Myanmar: [
    ["Aung", "Khin"],
    ["Min", "Thu"],
  ],
};
const languages: Readonly<Record<string, string>> = {
  ...{ Indonesia: "id", Philippines: "Tagalog", Thai: "Thai", "Viet Nam": "vi", Myanmar: "Burmese" },
};

/** Comma separated, as it comes: those of the story first, then the others of each nationality, then what the list claims. */
export function listOf({ list, people }: Pick<StoryDeskWork, "list" | "people">): string {
  const rows = people
    .filter(({ onTheList }) => onTheList)
    .map(({ facts }) => {
      const state = facts.nationalities![0] === "PH" ? "Philippines" : "Myanmar";
      const name = facts.names!.at(-1)!.text;
      // The passport says 21.
      return row(name, state, facts.sex === "female" ? "F" : "M", facts.ageSaid === "child" ? "21" : "");
    });
  const left = new Map(Object.entries(list.stated));
  for (const cells of rows) left.set(cells[1]!, left.get(cells[1]!)! - 1);
  for (let nth = 0; rows.length < list.count; nth++) {
    // The largest group first; whoever is in none of the stated ones gave no nationality.
    const [most] = [...left].sort((one, two) => two[1] - one[1]);
    const state = most![1] > 0 ? most![0] : "";
    left.set(state, (left.get(state) ?? 0) - 1);
    const [given, family] = names[state] ?? names["Indonesia"]!;
    const name = `${given[nth % given.length]!} ${family[(nth * 5 + Math.floor(nth / 7)) % family.length]!}`;
    rows.push(row(`${name} (EXERCISE)`, state, nth % 4 === 0 ? "F" : "M", String(19 + ((nth * 7) % 23))));
  }
  const numbered = rows.map((cells, nth) => [nth + 1, ...cells].join(","));
  const claimed = Object.entries(list.stated).map(([state, count]) => `,${state},${count},,,`);
  return [`${list.title},,,,,`, "No,Full name,Nationality,Sex,Age,Language", ...numbered, ...claimed].join(
    "\n",
  );
}

const row = (name: string, state: string, sex: string, age: string): string[] => [
  ...[name, state, sex, age],
  languages[state] ?? "",
];
