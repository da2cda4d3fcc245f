// Letters of the region's scripts and the Latin letters that stand for them on papers: enough to find the same name again,
// not to spell it. Sources: Royal Institute (Thai), UNGEGN (Khmer, Lao), MLC (Burmese), ISO 15919 (Tamil), simplified.

const pairs = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((one) => {
        const at = Array.from(one)[0]!.length;
        return [one.slice(0, at), one.slice(at).replace("_", "")];
      }),
  );

/** Vowels written before the consonant after which they are spoken. */
export const before = new Set(Array.from("เแโใไເແໂໃໄ"));
/** Signs that make the letter before them silent. */
export const silencing = new Set(Array.from("์໌៍"));

export const letters: Readonly<Record<string, string>> = {
  ...pairs(`กk ขkh ฃkh คkh ฅkh ฆkh งng จch ฉch ชch ซs ฌch ญy ฎd ฏt ฐth ฑth ฒth ณn ดd ตt ถth ทth ธth นn บb ปp ผph ฝf พph
    ฟf ภph มm ยy รr ลl วw ศs ษs สs หh ฬl อo ฮh ฤrue ะa ัa าa ำam ิi ีi ึue ืue ุu ูu เe แae โo ใai ไai ็_ ่_ ้_ ๊_ ๋_ ๆ_`),
  ...pairs(`ກk ຂkh ຄkh ງng ຈch ສs ຊx ຍny ດd ຕt ຖth ທth ນn ບb ປp ຜph ຝf ພph ຟf ມm ຢy ຣr ລl ວv ຫh ອo ຮh ໜn ໝm ະa ັa າa ຳam
    ິi ີi ຶue ືue ຸu ູu ົo ຼl ຽia ເe ແae ໂo ໃai ໄai ່_ ້_ ໊_ ໋_`),
  ...pairs(`កk ខkh គk ឃkh ងng ចch ឆchh ជch ឈchh ញnh ដd ឋth ឌd ឍth ណn តt ថth ទt ធth នn បb ផph ពp ភph មm យy រr លl វv សs
    ហh ឡl អ_ ាa ិi ីi ឹoe ឺeu ុu ូu ួuo ើoe ឿoea ៀie េe ែae ៃai ោo ៅau ំm ះh ៈa ឥi ឦi ឧu ឩu ឪau ឫrue ឯae ឱo ឲo ឳau
    ់_ ៉_ ៊_ ៌_ ៎_ ៏_ ័_ ៑_ ្_`),
  ...pairs(`ကk ခkh ဂg ဃg ငng စs ဆs ဇz ဈz ညny ဉny ဋt ဌt ဍd ဎd ဏn တt ထt ဒd ဓd နn ပp ဖp ဗb ဘb မm ယy ရy လl ဝw သth ဟh ဠl အa
    ျy ြy ွw ှh ာa ါa ိi ီi ုu ူu ေe ဲe ံn ့_ း_ ်_ ္_ ဣi ဤi ဥu ဦu ဧe ဩo ဪaw ဿth ဿth`),
  ...pairs(`கk ஙng சs ஜj ஞny டd ணn தth நn னn பp மm யy ரr றr லl ளl ழzh வv ஶs ஷsh ஸs ஹh ஃh அa ஆa இi ஈi உu ஊu எe ஏe ஐai
    ஒo ஓo ஔau ாa ிi ீi ுu ூu ெe ேe ைai ொo ோo ௌau ்_`),
};

/** Letters that lose no mark when a text is taken apart (NFD). */
export const latin: Readonly<Record<string, string>> = pairs("đd ðd øo łl ıi ßss æae œoe þth ʻ_ ʼ_");

/** Consonants of Tamil and Khmer carry a vowel that is not written; others are left without one. */
export const carriesVowel = /^[\u0b95-\u0bb9]$/u;
export const tamilVowel = /^[\u0bbe-\u0bcd]$/u;

/** Burmese rhymes are written with a killed consonant that is not spoken as it stands; the longest first. */
export const rhymes: readonly (readonly [RegExp, string])[] = (
  [
    ["ောင်", "aung"],
    ["ောက်", "auk"],
    ["ိုင်", "aing"],
    ["ိုက်", "aik"],
    ["ွန်", "un"],
    ["ွန့်", "unt"],
    ["ုန်", "on"],
    ["ုံ", "on"],
    ["ိန်", "ein"],
    ["ိမ်", "ein"],
    ["ိတ်", "eik"],
    ["ုတ်", "ok"],
    ["ို", "o"],
    ["ော်", "aw"],
    ["ော", "aw"],
    ["ေါ်", "aw"],
    ["ေါ", "aw"],
    ["င်", "in"],
    ["ည်", "i"],
    ["ယ်", "e"],
    ["က်", "et"],
    ["စ်", "it"],
    ["တ်", "at"],
    ["ပ်", "at"],
    ["န်", "an"],
    ["မ်", "an"],
    ["ံ", "an"],
  ] as const
).map(([signs, sound]) => [new RegExp(`(\\u1021?)${signs}`, "gu"), sound]);
