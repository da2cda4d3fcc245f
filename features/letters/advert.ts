// The letter to a platform or a labour inspectorate about an advert, and the one that takes it back.
import { createHash } from "node:crypto";
import { Digest, Handling } from "@simpul/model";
import type { Bilingual } from "./bilingual.ts";
import type { AboutAdvert, LettersForAdverts } from "./contract.ts";
import { boxes, writeIn, type Letter, type Sender } from "./frame.ts";
import { svgOf } from "./paper/marks.ts";
import { senderOf, type Making } from "./sender.ts";

export const lettersForAdverts = (node: Making): LettersForAdverts => ({
  async write(about, at) {
    const said = Digest.parse(createHash("sha256").update(JSON.stringify(about)).digest("hex"));
    const { sheets, pdf } = write(about, said, await senderOf(node, about), at);
    return {
      ...{ pdf, said, pages: sheets.length },
      page(number) {
        const sheet = sheets[number - 1];
        return sheet === undefined ? null : svgOf(sheet);
      },
    };
  },
});

function write(about: AboutAdvert, said: Digest, from: Sender, at: Date): Letter {
  const { to, reference, id, language, advert } = about;
  const kind = advert === null ? "advertWrong" : "advert";
  return writeIn(
    {
      to: { names: { [to.language]: to.name }, ...to, salutation: "office" },
      ...{ reference, id, digest: about.by === null ? null : said, language },
      handling: Handling.usual,
      title: `${kind}.title`,
      subject: to.name,
      putSubject(on) {
        on.both((who) => [who.say(`${kind}.title`), about.earlier ?? ""].join(" ").trim(), { after: 8 });
      },
      opening: [`${kind}.opening`, "check"],
      body: (on) => (advert === null ? takenBack(on, about) : asks(on, about, advert)),
      answer: ["answer.text"],
    },
    from,
    at,
  );
}

function asks(on: Bilingual, about: AboutAdvert, advert: NonNullable<AboutAdvert["advert"]>): void {
  on.heading("field.asked", 1);
  on.fill("asked", about.asked, (asked) => on.free(asked, about.language));
  boxes(on, ["complied", "partly", "refused"]);
  on.heading("advert.seen", 2);
  on.fill("seen", advert.seen.map(({ origin }) => origin).join(" "), () => {
    for (const { origin, on: day } of advert.seen)
      on.flow.text([origin, day ?? ""].filter((one) => one !== "").join(" · "), {
        ...{ language: "und", indent: 14, after: 1 },
      });
  });
  if (advert.adverts > 1)
    on.both((who) => who.say("advert.alike", { count: String(advert.adverts) }), { indent: 14, after: 4 });
  on.heading("advert.text", 3);
  on.fill("text", advert.text, (text) => on.free(text, advert.language));
  on.flow.text(`SHA-256 ${advert.digest}`, { size: 7.5, grey: 0.32, indent: 14, language: "en", after: 4 });
  on.heading("field.basis", 4);
  on.fill("basis", about.basis, (basis) => {
    on.free(basis, about.language);
    on.both((who) => `(${who.say("basis.unsure")})`, { indent: 14 });
  });
  wantedWithin(on, about.days, 5);
}

function takenBack(on: Bilingual, about: AboutAdvert): void {
  on.heading("recall.what", 1);
  on.fill("what", about.earlier, () => on.both((who) => who.say("advertWrong.what"), { indent: 14 }));
  boxes(on, ["complied", "partly", "refused"]);
  wantedWithin(on, about.days, 2);
}

function wantedWithin(on: Bilingual, days: number, number: number): void {
  on.heading("field.neededBy", number);
  on.fill("neededBy", String(days), (count) => {
    on.both((who) => `${who.say("advert.days", { count })} – ${who.say("target")}`, { indent: 14 });
  });
}
