// Which column of a list is which: by its heading, in the languages in which lists of people come.

export const fields = [
  "name",
  "given",
  "family",
  "nationality",
  "sex",
  "born",
  "age",
  "document",
  "language",
  "number",
  "place",
  "phone",
  "note",
] as const;
export type Field = (typeof fields)[number];

const headings: Readonly<Record<Field, RegExp>> = {
  given: /^(given|first|fore)[ _]?names?$|^nama (depan|pertama)$|^ชื่อตัว$|^tên$|^名$|^nome próprio$/,
  family:
    /^(family|last|sur)[ _]?names?$|^surname$|^nama (keluarga|belakang)$|^(นาม)?สกุล$|^นามสกุล$|^họ$|^姓$|^apelido$|^apelyido$/,
  name: /^(full[ _]?)?names?( in full)?( of (person|victim))?$|^nama( lengkap)?$|^ชื่อ([ -]?(นาม)?สกุล)?$|^ឈ្មោះ$|^họ( và)? tên$|^ຊື່.*$|^အမည်$|^姓名$|^பெயர்$|^nome$|^pangalan$/,
  nationality:
    /nationalit|citizenship|^country$|^nat$|kewarganegaraan|warganegara|^negara$|สัญชาติ|សញ្ជាតិ|quốc tịch|ສັນຊາດ|နိုင်ငံသား|国籍|நாடு|nacionalidade|nasyonalidad/,
  sex: /^(sex|gender|m\/f)$|jenis kelamin|jantina|เพศ|ភេទ|giới tính|ເພດ|ကျား|性别|பாலினம்|^sexo$|kasarian/,
  born: /birth|^dob$|^born$|tanggal lahir|tgl\.? ?lahir|tarikh lahir|วันเกิด|เกิด|ថ្ងៃខែឆ្នាំកំណើត|កំណើត|ngày sinh|năm sinh|ວັນເດືອນປີເກີດ|မွေး|出生|பிறந்த|nascimento|kapanganakan/,
  age: /^age$|^umur$|^usia$|^อายุ$|^អាយុ$|^tuổi$|^ອາຍຸ$|^အသက်$|^年龄$|^வயது$|^idade$|^edad$/,
  document:
    /passport|document|^id( card)?( no\.?| number)?$|paspor|pasport|^nik$|^ktp$|หนังสือเดินทาง|លិខិតឆ្លងដែន|hộ chiếu|ໜັງສືຜ່ານແດນ|နိုင်ငံကူးလက်မှတ်|护照|கடவுச்சீட்டு|pasaporte|passaporte/,
  language:
    /^languages?( spoken)?$|^bahasa$|^ภาษา$|^ភាសា$|^ngôn ngữ$|^ພາສາ$|^ဘာသာ(စကား)?$|^语言$|^மொழி$|^língua$|^wika$/,
  number:
    /^(no|nr|#|s\/?n|serial|item|index)\.?( no\.?)?$|^nomor( urut)?$|^bil\.?$|^ลำดับ(ที่)?$|^ល\.?រ\.?$|^stt$|^ລ\/?ດ$|^စဉ်$|^序号$|^blg\.?$/,
  place: /place|location|compound|^lokasi|tempat|สถานที่|ទីកន្លែង|địa điểm|ສະຖານທີ່|နေရာ|地点|^lugar$/,
  phone: /phone|mobile|^tel|telepon|^hp$|โทร|ទូរស័ព្ទ|điện thoại|ໂທ|ဖုန်း|电话/,
  note: /remark|note|comment|keterangan|catatan|หมายเหตุ|កំណត់សម្គាល់|ghi chú|ໝາຍເຫດ|မှတ်ချက်|备注|குறிப்பு|observa|puna/,
};
const order: readonly Field[] = [
  ...([
    "given",
    "family",
    "born",
    "age",
    "nationality",
    "sex",
    "document",
    "language",
    "phone",
    "number",
    "place",
  ] as const),
  ...(["note", "name"] as const),
];

const plain = (heading: string): string =>
  heading
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/[:*]+$/, "")
    .trim();

/** The field of each column, by its place; the first column of a kind counts. */
export function columnsOf(headingRow: readonly string[]): Map<Field, number> {
  const found = new Map<Field, number>();
  headingRow.forEach((heading, column) => {
    const text = plain(heading);
    const field = text === "" ? undefined : order.find((one) => !found.has(one) && headings[one].test(text));
    if (field !== undefined) found.set(field, column);
  });
  return found;
}

/** Where the heading row is: the first of thirty rows in which a name and something else is recognised; null where none is. */
export function headingRow(rows: readonly (readonly string[])[]): number | null {
  for (let i = 0; i < Math.min(30, rows.length); i++) {
    const found = columnsOf(rows[i]!);
    if (found.size >= 2 && (found.has("name") || found.has("given") || found.has("family"))) return i;
  }
  return null;
}
