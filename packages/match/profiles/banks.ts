// Bank account rules of the eleven states and China, versioned with profile account/1: names and lengths in digits.

/**
 * `confirmed` is false until an officer of that state has checked the rule against its central bank's list: lengths
 * below are what the banks print in their public payment instructions, and banks open new ranges.
 */
export interface Bank {
  country: string;
  /** The short name in canonical accounts; stable for the life of the profile. */
  id: string;
  /** What people call it; matched without regard to case, Latin ones as whole words. */
  names: readonly string[];
  digits: readonly number[];
  /** A wallet whose account is the holder's phone number. */
  phone?: true;
  confirmed: boolean;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

type Row = readonly [id: string, digits: readonly number[] | "phone", ...names: string[]];
const rows = (country: string, list: readonly Row[]): Bank[] =>
  list.map(([id, digits, ...names]) => ({
    country,
    id,
    names: [id.toLowerCase(), ...names],
    digits: digits === "phone" ? [] : digits,
    ...(digits === "phone" ? { phone: true as const } : {}),
    confirmed: false,
  }));

export const banks: readonly Bank[] = [
  ...rows("BN", [
    ["BIBD", [14], "bank islam brunei"],
    ["BAIDURI", [13], "baiduri bank"],
    ["TAIB", range(10, 14), "tabung amanah islam brunei"],
    ["SCBBN", range(10, 12), "standard chartered brunei"],
  ]),
  ...rows("KH", [
    ["ABA", [9], "aba bank", "advanced bank of asia", "អេប៊ីអេ"],
    ["ACLEDA", range(8, 16), "acleda bank", "អេស៊ីលីដា"],
    ["WING", range(8, 9), "wing bank", "វីង"],
    ["CANADIA", [13], "canadia bank", "កាណាឌីយ៉ា"],
    ["CHIPMONG", range(8, 16), "chip mong bank"],
    ["PRINCE", range(8, 16), "prince bank"],
    ["SATHAPANA", range(8, 16), "sathapana bank"],
    ["TRUEMONEYKH", "phone", "truemoney cambodia"],
  ]),
  ...rows("ID", [
    ["BCA", [10], "bank central asia"],
    ["BRI", [15], "bank rakyat indonesia"],
    ["BNI", [10], "bank negara indonesia"],
    ["MANDIRI", [13], "bank mandiri"],
    ["BSI", [10], "bank syariah indonesia"],
    ["BTN", [16], "bank tabungan negara"],
    ["CIMBNIAGA", range(12, 14), "cimb niaga"],
    ["PERMATA", range(10, 16), "bank permata", "permatabank"],
    ["DANAMON", range(10, 12), "bank danamon"],
    ["JAGO", [12], "bank jago"],
    ["SEABANK", [12], "seabank indonesia"],
    ["NEO", range(12, 16), "neo commerce", "bank neo", "bnc"],
    ["OCBCNISP", [12], "ocbc nisp"],
    ["PANIN", [10], "bank panin"],
    ["MEGA", [15], "bank mega"],
    ["DANA", "phone", "e-wallet dana"],
    ["OVO", "phone"],
    ["GOPAY", "phone", "go-pay"],
    ["SHOPEEPAYID", "phone", "shopeepay"],
    ["LINKAJA", "phone"],
  ]),
  ...rows("LA", [
    ["BCEL", range(12, 18), "bcel one", "banque pour le commerce exterieur lao", "ທຄຕລ"],
    ["LDB", range(10, 18), "lao development bank", "ທຄພ"],
    ["JDB", range(10, 18), "joint development bank"],
    ["APB", range(10, 18), "agricultural promotion bank"],
    ["STB", range(10, 18), "st bank"],
  ]),
  ...rows("MY", [
    ["MAYBANK", [12], "malayan banking", "mbb", "马来亚银行"],
    ["CIMB", [10, 14], "cimb bank", "联昌银行"],
    ["PUBLICBANK", [10], "public bank", "pbb", "大众银行"],
    ["RHB", [14], "rhb bank"],
    ["HONGLEONG", [11], "hong leong", "hlb", "丰隆银行"],
    ["AMBANK", [13], "am bank"],
    ["BANKISLAM", [14], "bank islam"],
    ["BSN", [16], "bank simpanan nasional"],
    ["BANKRAKYAT", [12], "bank rakyat"],
    ["AFFIN", [12], "affin bank"],
    ["ALLIANCE", [15], "alliance bank"],
    ["MUAMALAT", [14], "bank muamalat"],
    ["AGROBANK", [16], "agro bank"],
    ["TNG", "phone", "touch n go", "touch 'n go", "tng ewallet"],
  ]),
  ...rows("MM", [
    ["KBZ", [17], "kbz bank", "kanbawza", "ကမ္ဘောဇ"],
    ["AYA", [11, 20], "aya bank", "ဧရာဝတီဘဏ်"],
    ["CB", [16], "cb bank"],
    ["YOMA", range(12, 16), "yoma bank", "ရိုးမဘဏ်"],
    ["KBZPAY", "phone", "kpay", "k pay"],
    ["WAVEPAY", "phone", "wave pay", "wave money", "wavemoney"],
  ]),
  ...rows("PH", [
    ["BDO", [10, 12], "banco de oro", "bdo unibank"],
    ["BPI", [10], "bank of the philippine islands"],
    ["METROBANK", [13], "metropolitan bank"],
    ["LANDBANK", [10], "land bank of the philippines"],
    ["UNIONBANK", [12], "union bank of the philippines"],
    ["SECURITYBANK", [13], "security bank"],
    ["PNB", [10, 12], "philippine national bank"],
    ["RCBC", [10], "rizal commercial"],
    ["CHINABANK", [10, 12], "china banking corporation"],
    ["EASTWEST", [12], "eastwest bank"],
    ["GOTYME", [12], "gotyme bank"],
    ["SEABANKPH", [10], "seabank philippines"],
    ["GCASH", "phone", "g-cash", "g cash"],
    ["MAYA", "phone", "paymaya"],
  ]),
  ...rows("SG", [
    ["DBS", [10], "dbs bank", "星展银行"],
    ["POSB", [9], "posb bank"],
    ["OCBC", [10, 12], "ocbc bank", "华侨银行"],
    ["UOB", [10], "uob bank", "united overseas bank", "大华银行"],
    ["PAYNOW", "phone", "pay now"],
  ]),
  ...rows("TH", [
    ["KBANK", [10], "kasikorn", "kasikornbank", "k-bank", "กสิกร", "กสิกรไทย"],
    ["SCB", [10], "siam commercial", "ไทยพาณิชย์", "เอสซีบี"],
    ["BBL", [10], "bangkok bank", "ธนาคารกรุงเทพ", "ธ.กรุงเทพ", "ธ. กรุงเทพ"],
    ["KTB", [10], "krungthai", "krung thai", "กรุงไทย"],
    ["BAY", [10], "krungsri", "bank of ayudhya", "กรุงศรี"],
    ["TTB", [10], "tmbthanachart", "tmb", "thanachart", "ทหารไทย", "ธนชาต", "ทีทีบี"],
    ["GSB", [12], "government savings bank", "ออมสิน"],
    ["BAAC", [12], "ธ.ก.ส", "ธกส", "ธ.ก.ส."],
    ["GHB", [12], "ธอส", "ธ.อ.ส", "อาคารสงเคราะห์"],
    ["UOBT", [10], "uob thailand", "ยูโอบี"],
    ["CIMBT", [10], "cimb thai", "ซีไอเอ็มบี"],
    ["LHBANK", [10], "lh bank", "แลนด์ แอนด์ เฮ้าส์"],
    ["KKP", [14], "kiatnakin", "เกียรตินาคิน"],
    ["TISCO", [14], "tisco bank", "ทิสโก้"],
    ["PROMPTPAY", "phone", "prompt pay", "พร้อมเพย์"],
    ["TRUEMONEY", "phone", "true money", "truewallet", "true wallet", "ทรูมันนี่", "ทรูวอเลท", "วอเลท", "วอเล็ท"],
  ]),
  ...rows("VN", [
    ["VCB", range(10, 13), "vietcombank"],
    ["TCB", range(10, 14), "techcombank"],
    ["BIDV", range(10, 14), "đầu tư và phát triển"],
    ["CTG", [12], "vietinbank"],
    ["AGRIBANK", [13], "agri bank"],
    ["MB", range(9, 13), "mb bank", "mbbank", "quân đội"],
    ["ACB", range(7, 9), "á châu"],
    ["STBVN", [12], "sacombank"],
    ["VPB", range(8, 12), "vpbank", "vp bank"],
    ["TPB", [11], "tpbank", "tp bank"],
    ["VIB", range(9, 15), "ngân hàng quốc tế"],
    ["HDB", range(12, 15), "hdbank"],
    ["MOMO", "phone", "ví momo"],
    ["ZALOPAY", "phone", "zalo pay"],
  ]),
  ...rows("CN", [
    ["ICBC", range(16, 19), "工商银行", "工行"],
    ["CCB", range(16, 19), "建设银行", "建行"],
    ["ABC", range(16, 19), "农业银行", "农行"],
    ["BOC", range(16, 19), "中国银行", "bank of china"],
    ["CMB", range(15, 19), "招商银行", "招行"],
    ["PSBC", range(16, 19), "邮政储蓄", "邮储银行"],
  ]),
];

/** Timor-Leste is the only one of the eleven in the SWIFT IBAN registry (TL, 23 characters). */
export const ibanCountries: readonly string[] = ["TL"];

const latin = /^[\p{Script=Latin}\p{N}\s.'&-]+$/u;
// Three-letter bank names are words in some language ("dana" is "funds", "aba", "cb"): callers ask for digits nearby.
const byWords = new Map<string, Bank[]>();
const elsewhere: { name: string; bank: Bank }[] = [];
const wordsOf = /[\p{Script=Latin}\p{M}\p{N}]+/gu;
const key = (name: string): string => (name.match(wordsOf) ?? []).join(" ");
for (const bank of banks)
  for (const name of bank.names)
    if (latin.test(name)) byWords.set(key(name), [...(byWords.get(key(name)) ?? []), bank]);
    else elsewhere.push({ name, bank });

export interface BankMention {
  bank: Bank;
  name: string;
  start: number;
  end: number;
}

/** Every bank named in a text, the longest name at each place first; one name in two states gives both. */
export function banksNamed(text: string, country?: string): BankMention[] {
  const lower = text.toLowerCase();
  const found: BankMention[] = [];
  const add = (bank: Bank, start: number, end: number): void => {
    if (country === undefined || bank.country === country)
      found.push({ bank, name: text.slice(start, end), start, end });
  };
  const words = [...lower.matchAll(wordsOf)];
  for (const [i, first] of words.entries())
    for (let count = Math.min(6, words.length - i); count > 0; count--) {
      const last = words[i + count - 1]!;
      const owners = byWords.get(words.slice(i, i + count).map((word) => word[0]).join(" ")); // prettier-ignore
      if (!owners) continue;
      for (const bank of owners) add(bank, first.index, last.index + last[0].length);
      break;
    }
  for (const { name, bank } of elsewhere) {
    const at = lower.indexOf(name);
    if (at >= 0) add(bank, at, at + name.length);
  }
  return found.sort((a, b) => b.name.length - a.name.length);
}

export const bankById = (country: string, id: string): Bank | undefined =>
  banks.find((bank) => bank.country === country && bank.id === id);
