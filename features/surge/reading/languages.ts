// Which language a list means, by code or by its name in the languages in which lists come; BCP 47.
const codes =
  "en id km fil ms th vi lo my zh ta pt hi bn ne ur si am om ti so sw fr es ar ru kk uz ky ko ja mn jv su ceb ilo shn kac rw lg ak yo ha ig mg".split(
    " ",
  );

let known: Map<string, string> | undefined;

function names(): Map<string, string> {
  const all = new Map<string, string>([
    ["tagalog", "fil"],
    ["pilipino", "fil"],
    ["mandarin", "zh"],
    ["putonghua", "zh"],
    ["bahasa", "id"],
    ["bahasa indonesia", "id"],
    ["bahasa melayu", "ms"],
    ["myanmar", "my"],
    ["bangla", "bn"],
  ]);
  for (const code of codes) {
    all.set(code, code);
    for (const locale of ["en", "id", "th", "vi", "km", "lo", "my", "zh"]) {
      const name = new Intl.DisplayNames([locale], { type: "language" }).of(code);
      if (name !== undefined) all.set(name.toLowerCase(), code);
    }
  }
  return all;
}

/** The first that is understood; null where none is. */
export function languageOf(cell: string): string | null {
  known ??= names();
  for (const part of cell.toLowerCase().split(/[,;/+&]| and | dan /)) {
    const found = known.get(part.trim());
    if (found !== undefined) return found;
  }
  return null;
}

/** What is usually spoken there: an offer for the queue, never kept as said. */
export const usualLanguage: Readonly<Record<string, string>> = {
  ...{
    ID: "id",
    MY: "ms",
    SG: "en",
    TH: "th",
    VN: "vi",
    KH: "km",
    LA: "lo",
    MM: "my",
    PH: "fil",
    BN: "ms",
    TL: "pt",
  },
  ...{
    CN: "zh",
    TW: "zh",
    HK: "zh",
    IN: "hi",
    BD: "bn",
    NP: "ne",
    LK: "si",
    PK: "ur",
    ET: "am",
    KE: "sw",
    TZ: "sw",
  },
  ...{
    UG: "en",
    GH: "en",
    NG: "en",
    CM: "fr",
    RW: "rw",
    BI: "fr",
    ZA: "en",
    NA: "en",
    SL: "en",
    LR: "en",
    MG: "mg",
  },
  ...{
    MA: "ar",
    EG: "ar",
    TN: "ar",
    BR: "pt",
    US: "en",
    GB: "en",
    RU: "ru",
    KZ: "ru",
    UZ: "uz",
    KR: "ko",
    JP: "ja",
  },
};
