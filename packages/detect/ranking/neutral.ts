// A text without who a person is: sex, age, origin, faith and looks are taken out before wording is learned or weighed.
import { flags } from "../flags/flags.ts";

/** Words that stand alone, by their beginning where a star ends them; scripts without spaces stand in the second list. */
const words = `woman women man men female* male* girl* boy* lady ladies gentleman gentlemen gender sex age aged years?old
  young* old* single married unmarried nationality national* citizen* race religion religious muslim* islam* christian*
  catholic* buddhis* hindu* jewish chinese indian* filipino* filipina* indonesian* malaysian* burmese myanmar thai khmer
  cambodian* lao laotian* vietnamese singaporean* timorese bruneian* nepali* bangladeshi* african* european* american* asian*
  wanita pria perempuan laki lelaki cewek cowok gadis usia umur tahun lajang menikah warganegara agama kristen hindu buddha
  tionghoa cina melayu jawa babae lalaki dalaga binata edad kasal muslim kristiyano nữ nam tuổi độc\\s?thân quốc\\s?tịch
  mulher* homem homens idade solteir* casad* nacionalidade tinan feto mane`;
const dense = `หญิง ชาย อายุ โสด สัญชาติ ศาสนา มุสลิม พุทธ ស្រី ប្រុស អាយុ នៅលីវ សញ្ជាតិ សាសនា ຍິງ ຊາຍ ອາຍຸ ໂສດ ສັນຊາດ ສາສະໜາ
  မိန်းကလေး မိန်းမ ယောက်ျား အမျိုးသမီး အမျိုးသား အသက် လူပျို အပျို နိုင်ငံသား ဘာသာ 女性 男性 女生 男生 女孩 男孩 美女 帅哥 年龄 单身 已婚
  国籍 宗教 பெண் ஆண் வயது திருமண மதம் நாட்டவர்`;
const list = (of: string): string[] => of.trim().split(/\s+/);
const person = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${list(words).map((one) => one.replace(/\*$/, "\\p{L}*").replace("years?old", "years?\\s?old")).join("|")})(?![\\p{L}\\p{M}])|${list(dense).join("|")}`,
  "giu",
); // prettier-ignore

/**
 * The text with blanks where it says who somebody is: the signs of that kind, which `spans` may give where they were found
 * before, and single words in the languages read here. Of an advert that differs in nothing else the same is left.
 */
export function neutral(
  text: string,
  spans: readonly { start: number; end: number }[] = flags(text).filter((one) => one.flag === "person"),
): string {
  let left = text;
  for (const { start, end } of spans) left = left.slice(0, start) + " ".repeat(end - start) + left.slice(end);
  // One blank for each: how long the word was would tell which it was.
  return left.replace(person, " ").replace(/[ \t]{2,}/g, " ");
}
