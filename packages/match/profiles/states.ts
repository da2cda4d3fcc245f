// Issuers of documents: ISO 3166-1 alpha-2 to the three letters that travel documents bear (ICAO Doc 9303 part 3).

const pairs =
  "AFAFG ALALB DZDZA ASASM ADAND AOAGO AIAIA AGATG ARARG AMARM AWABW AUAUS ATAUT AZAZE BSBHS BHBHR BDBGD BBBRB BYBLR " +
  "BEBEL BZBLZ BJBEN BMBMU BTBTN BOBOL BABIH BWBWA BRBRA BNBRN BGBGR BFBFA BIBDI CVCPV KHKHM CMCMR CACAN KYCYM CFCAF " +
  "TDTCD CLCHL CNCHN COCOL KMCOM CGCOG CDCOD CKCOK CRCRI CICIV HRHRV CUCUB CYCYP CZCZE DKDNK DJDJI DMDMA DODOM ECECU " +
  "EGEGY SVSLV GQGNQ ERERI EEEST SZSWZ ETETH FJFJI FIFIN FRFRA GAGAB GMGMB GEGEO DEDEU GHGHA GIGIB GRGRC GLGRL GDGRD " +
  "GTGTM GNGIN GWGNB GYGUY HTHTI HNHND HKHKG HUHUN ISISL ININD IDIDN IRIRN IQIRQ IEIRL ILISR ITITA JMJAM JPJPN JOJOR " +
  "KZKAZ KEKEN KIKIR KPPRK KRKOR KWKWT KGKGZ LALAO LVLVA LBLBN LSLSO LRLBR LYLBY LILIE LTLTU LULUX MOMAC MGMDG MWMWI " +
  "MYMYS MVMDV MLMLI MTMLT MHMHL MRMRT MUMUS MXMEX FMFSM MDMDA MCMCO MNMNG MEMNE MAMAR MZMOZ MMMMR NANAM NRNRU NPNPL " +
  "NLNLD NZNZL NINIC NENER NGNGA MKMKD NONOR OMOMN PKPAK PWPLW PSPSE PAPAN PGPNG PYPRY PEPER PHPHL PLPOL PTPRT PRPRI " +
  "QAQAT ROROU RURUS RWRWA KNKNA LCLCA VCVCT WSWSM SMSMR STSTP SASAU SNSEN RSSRB SCSYC SLSLE SGSGP SKSVK SISVN SBSLB " +
  "SOSOM ZAZAF SSSSD ESESP LKLKA SDSDN SRSUR SESWE CHCHE SYSYR TWTWN TJTJK TZTZA THTHA TLTLS TGTGO TOTON TTTTO TNTUN " +
  "TRTUR TMTKM TCTCA TVTUV UGUGA UAUKR AEARE GBGBR USUSA UYURY UZUZB VUVUT VAVAT VEVEN VNVNM YEYEM ZMZMB ZWZWE";

const toThree = new Map(pairs.split(" ").map((pair) => [pair.slice(0, 2), pair.slice(2)] as const));
const three = new Set(toThree.values());
const toTwo = new Map([...toThree].map(([two, long]) => [long, two] as const));

// What no ISO 3166-1 code is, here and below: ICAO Doc 9303 part 3, 8th edition, section 5, parts B to D.
/** ICAO's further codes: organisations, stateless persons, refugees, and D for Germany. */
const further = new Set([
  "UNO",
  "UNA",
  "UNK",
  "XOM",
  "XPO",
  "XXA",
  "XXB",
  "XXC",
  "XXX",
  "EUE",
  "GBD",
  "GBN",
  "GBO",
  "GBP",
  "GBS",
  "RKS",
  "UTO",
]);

/** The three-letter issuer for a two- or three-letter code, or null. */
export function issuer(code: string): string | null {
  const upper = code.toUpperCase().replaceAll("<", "");
  if (upper === "D") return "DEU";
  return toThree.get(upper) ?? (three.has(upper) || further.has(upper) ? upper : null);
}

/** Territories and organisations whose letters stand in zones alone; typed before a number they are part of it. */
const inZones = new Set(
  (
    "ALA ATA ATF BES BLM BVT CCK CUW CXR ESH FLK FRO GGY GLP GUF GUM HMD IMN IOT JEY MAF MNP MSR MTQ MYT NCL NFK NIU PCN PYF " +
    "REU SGS SHN SJM SPM SXM TKL UMI VGB VIR WLF XBA XCC XCE XCO XDC XEC XES XIM XMP"
  ).split(" "),
);

/** The three-letter issuer that a machine readable zone names (ICAO Doc 9303 part 3, section 5), or null. */
export const zoneIssuer = (code: string): string | null =>
  issuer(code) ?? (inZones.has(code.toUpperCase()) ? code.toUpperCase() : null);

/** The two-letter region of a three-letter issuer, or null. */
export const regionOf = (code: string): string | null => toTwo.get(code) ?? null;
