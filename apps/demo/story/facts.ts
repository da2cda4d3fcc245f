// The made-up numbers, names and places of the exercise, chosen once and used everywhere.
//
// How each range was chosen, so that nobody is called by mistake:
// - Indonesia +62 854: no operator's public prefix list has 0854; valid in form.
// - Cambodia +855 19 000: no operator's public prefix list has 019; valid in form.
// - Philippines +63 911: kept free because of the emergency number 911; valid in form.
// - TRON addresses: 0x41 and the first 20 bytes of SHA-256 over a sentence, with checksum. Nobody holds a key.
// - Domains end in .example (RFC 2606). Licence plates and companies are invented.

export const numbers = {
  /** The recruiter, who calls herself "Kak Melly"; known in `id` by chat, in `kh` by a hotel registration. */
  recruiterPhone: "+6285400001702",
  recruiterTelegram: "melly_kerja_kh",
  /** The returned worker's own number: a victim's, never asked (HIT-1). */
  workerPhone: "+6285400002318",
  familyPhone: "+6285400002977",
  driverPhone: "+85519000417",
  fixerPhone: "+639110004170",
} as const;

export const wallets = {
  /** "Ticket deposits": `id` has it on a screenshot, `ph` in a fraud complaint. */
  tickets: "TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y",
  quota: "TAC2vU6rVDE4eFhPcotsCwkggihXExGhzG",
} as const;

export const links = {
  offer: "https://kerja-cepat.example/daftar",
  tracking: "hxxps://tiket-gratis[.]example/konfirmasi",
  fraud: "https://golden-yield.example/login",
} as const;

export const vehicles = { van: "2AX-7731" } as const;

/** The broker under three spellings and two birth years; the exercise ends with him as one person. */
export const broker = {
  id: { name: "Lim Vuthi", born: "1981" },
  kh: { name: "លឹម វុទ្ធី", latin: "Lim Vuthy", born: "1979" },
  ph: { name: "Lim Wuthy", born: "1979" },
} as const;

/** Sites: the Park is invented; the province is real, the point lies in the middle of a province and is no address. */
export const places = {
  park: {
    name: "សួនឧស្សាហកម្ម មរកត",
    latin: "Morokot Park",
    province: "Preah Sihanouk",
    lat: 10.75,
    lon: 103.65,
    radiusKm: 15,
  },
  border: {
    name: "ច្រកព្រំដែន",
    latin: "night road",
    province: "Koh Kong",
    lat: 11.5,
    lon: 103.3,
    radiusKm: 40,
  },
  hotel: {
    name: "សណ្ឋាគារ ទន្លេក្រហម",
    latin: "Tonle Kraham Hotel",
    province: "Phnom Penh",
    lat: 11.56,
    lon: 104.92,
    radiusKm: 5,
  },
} as const;

export const companies = {
  landlord: { kh: "ក្រុមហ៊ុន មរកត ដេវេឡុបមេន", latin: "Morokot Development Co. (EXERCISE)" },
  buyer: { latin: "Blue Lotus Services (EXERCISE)" },
} as const;

export const mark = {
  en: "EXERCISE",
  id: "LATIHAN",
  km: "លំហាត់",
  fil: "PAGSASANAY",
} as const;
