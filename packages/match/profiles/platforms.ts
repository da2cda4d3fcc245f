// The platforms whose account names and links are known: how a name is written, which links lead to it.

/** From a link's path (and query) to the account, null when it leads to something else (a post, a file). */
export type Account = (path: string, query: URLSearchParams) => string | null;

export interface Platform {
  id: string;
  /** What people call it, in lower case; latin names match whole words, others anywhere. */
  names: readonly string[];
  /** Account names after folding to lower case. */
  shape: RegExp;
  /** Accounts that are phone numbers. `only`: nothing but a number is an account name here. */
  phones?: "also" | "only";
  links: Readonly<Record<string, Account>>;
}

const first = (path: string): string => path.split("/").find((part) => part !== "") ?? "";
const rest = (path: string, head: RegExp): string | null => {
  const found = head.exec(path);
  return found ? path.slice(found[0].length).replace(/\/+$/, "") || null : null;
};
/** The first step of the path, unless the site keeps that word for itself. */
const name =
  (taken: RegExp): Account =>
  (path) => {
    const step = first(path);
    return step === "" || taken.test(step) ? null : step.toLowerCase();
  };

const telegram: Account = (path) => {
  const invite = rest(path, /^\/(?:joinchat\/|\+)/);
  // An invitation is a case-sensitive secret; t.me/+66… with digits alone is a phone.
  if (invite) return /^\d{7,15}$/.test(invite) ? `+${invite}` : `+${invite}`;
  const step = first(path.replace(/^\/s\//, "/"));
  return /^(?:addstickers|share|proxy|socks|iv|c|addemoji|setlanguage|)$/i.test(step)
    ? null
    : step.toLowerCase();
};

const facebook: Account = (path, query) => {
  if (/^\/profile\.php$/i.test(path)) return query.get("id");
  const group = rest(path, /^\/groups\//i);
  if (group) return `groups/${first(group).toLowerCase()}`;
  const people = /^\/(?:people|pages)\/[^/]+\/(\d+)/i.exec(path);
  if (people) return people[1]!;
  return name(
    /^(?:share|sharer(?:\.php)?|watch|reel|story\.php|photo(?:\.php)?|photos|permalink\.php|events|marketplace|login(?:\.php)?|dialog|plugins|tr|help|policies|hashtag|search|jobs|l\.php|people|pages|groups|home(?:\.php)?|media|gaming|stories|videos)$/i,
  )(path, query);
};

const line: Account = (path) => {
  const official = /^\/(?:R\/)?(?:ti\/p\/)(?:~|%7E)?([^/]+)/i.exec(path);
  if (official) {
    const who = decodeURIComponent(official[1]!);
    return path.includes("~") || /%7E/i.test(path) || who.startsWith("@") ? who.toLowerCase() : `p/${who}`;
  }
  const group = /^\/(?:R\/)?ti\/(g2?)\/([^/]+)/i.exec(path);
  return group ? `${group[1]!.toLowerCase()}/${group[2]!}` : null;
};

export const platforms: readonly Platform[] = [
  {
    id: "telegram",
    names: [
      "telegram",
      "tele",
      "tg",
      "telegran",
      "เทเลแกรม",
      "តេឡេក្រាម",
      "电报",
      "電報",
      "飞机",
      "飛機",
      "纸飞机",
      "တယ်လီဂရမ်",
    ],
    shape: /^(?:[a-z][a-z0-9_]{3,31}|\+[a-z0-9_-]{8,40})$/i,
    phones: "also",
    links: { "t.me": telegram, "telegram.me": telegram, "telegram.dog": telegram },
  },
  {
    id: "whatsapp",
    names: ["whatsapp", "whatsap", "whats app", "wa", "watsap", "วอทส์แอป", "วอตส์แอปป์"],
    shape: /^(?:group|message|qr)\/[a-z0-9]{10,40}$/i,
    phones: "only",
    links: {
      "wa.me": (path) => {
        const code = /^\/(message|qr)\/([^/]+)/i.exec(path);
        return code
          ? `${code[1]!.toLowerCase()}/${code[2]!}`
          : /^\/\+?\d{6,15}\/?$/.test(path)
            ? `+${path.replace(/\D/g, "")}`
            : null;
      },
      "api.whatsapp.com": (_, query) =>
        query.get("phone") ? `+${query.get("phone")!.replace(/\D/g, "")}` : null,
      "web.whatsapp.com": (_, query) =>
        query.get("phone") ? `+${query.get("phone")!.replace(/\D/g, "")}` : null,
      "chat.whatsapp.com": (path) =>
        first(path.replace(/^\/invite\//, "/")) ? `group/${first(path.replace(/^\/invite\//, "/"))}` : null,
    },
  },
  {
    id: "line",
    names: ["line", "line id", "lineid", "ไลน์", "ไลน", "แอดไลน์", "ไอดีไลน์", "赖", "賴"],
    shape: /^(?:@?[a-z0-9][a-z0-9._-]{2,29}|(?:p|g2?|lin\.ee)\/[a-z0-9_-]{4,60})$/i,
    links: {
      "line.me": line,
      "lin.ee": (path) => (first(path) ? `lin.ee/${first(path)}` : null),
      "page.line.me": (path) => (first(path) ? `@${first(path).replace(/^@/, "").toLowerCase()}` : null),
    },
  },
  {
    id: "wechat",
    names: [
      "wechat",
      "we chat",
      "weixin",
      "wexin",
      "微信",
      "微信号",
      "薇信",
      "威信",
      "v信",
      "vx",
      "wx",
      "วีแชท",
      "วีแชต",
      "វីឆាត",
    ],
    shape: /^(?:[a-z][a-z0-9_-]{5,19}|qr\/[a-z0-9_-]{6,60})$/i,
    phones: "also",
    links: { "u.wechat.com": (path) => (first(path) ? `qr/${first(path)}` : null) },
  },
  {
    id: "zalo",
    names: ["zalo"],
    shape: /^(?:[a-z0-9][a-z0-9._-]{2,39}|g\/[a-z0-9]{4,20})$/i,
    phones: "also",
    links: {
      "zalo.me": (path) => {
        const group = /^\/g\/([^/]+)/i.exec(path);
        return group ? `g/${group[1]!}` : first(path).toLowerCase() || null;
      },
    },
  },
  {
    id: "facebook",
    names: [
      "facebook",
      "fb",
      "messenger",
      "เฟซบุ๊ก",
      "เฟสบุ๊ค",
      "เฟส",
      "ហ្វេសប៊ុក",
      "脸书",
      "臉書",
      "ເຟສບຸກ",
      "ဖေ့စ်ဘုတ်",
    ],
    shape: /^(?:[a-z0-9][a-z0-9.]{3,49}|groups\/[a-z0-9._]{2,60})$/i,
    links: {
      "facebook.com": facebook,
      "m.facebook.com": facebook,
      "web.facebook.com": facebook,
      "fb.com": facebook,
      "m.me": name(/^(?:j|ch)$/i),
      "fb.me": (path) => (first(path) && !/^\/(?:e|p|v)\//.test(path) ? first(path).toLowerCase() : null),
    },
  },
  {
    id: "instagram",
    names: ["instagram", "insta", "ig", "ไอจี", "อินสตาแกรม"],
    shape: /^[a-z0-9_](?:[a-z0-9._]{0,28}[a-z0-9_])?$/,
    links: { "instagram.com": name(/^(?:p|reel|reels|tv|stories|explore|accounts|direct)$/i) },
  },
  {
    id: "tiktok",
    names: ["tiktok", "tik tok", "ติ๊กต็อก", "ติ๊กต๊อก", "抖音国际"],
    shape: /^[a-z0-9_.]{2,24}$/,
    links: { "tiktok.com": (path) => /^\/@([^/]+)/.exec(path)?.[1]?.toLowerCase() ?? null },
  },
  {
    id: "viber",
    names: ["viber", "ไวเบอร์"],
    shape: /^(?!)/,
    phones: "only",
    links: {},
  },
  {
    id: "signal",
    names: ["signal"],
    shape: /^(?:[a-z_][a-z0-9_]{2,31}\.\d{2,}|eu\/[a-z0-9_-]{10,80})$/i,
    phones: "also",
    links: {},
  },
  {
    id: "x",
    names: ["twitter", "ทวิตเตอร์"],
    shape: /^[a-z0-9_]{1,15}$/,
    links: {
      "twitter.com": name(/^(?:home|search|hashtag|i|intent|share|login|explore)$/i),
      "x.com": name(/^(?:home|search|hashtag|i|intent|share|login|explore)$/i),
    },
  },
  {
    id: "youtube",
    names: ["youtube"],
    shape: /^[\p{L}\p{N}._-]{3,30}$/u,
    links: { "youtube.com": (path) => /^\/@([^/]+)/.exec(path)?.[1]?.toLowerCase() ?? null },
  },
  { id: "qq", names: ["qq", "扣扣"], shape: /^[1-9]\d{4,11}$/, links: {} },
  { id: "skype", names: ["skype", "สไกป์"], shape: /^(?:live:)?[a-z0-9.][a-z0-9._,-]{2,60}$/, links: {} },
  {
    id: "kakaotalk",
    names: ["kakaotalk", "kakao", "카톡", "카카오톡"],
    shape: /^[a-z0-9][a-z0-9._-]{3,19}$/,
    links: {},
  },
  { id: "snapchat", names: ["snapchat"], shape: /^[a-z][a-z0-9._-]{1,13}[a-z0-9]$/, links: {} },
];

export const platformOf = (id: string): Platform | undefined => platforms.find((one) => one.id === id);

const byHost = new Map(
  platforms.flatMap((one) => Object.entries(one.links).map(([host, at]) => [host, { one, at }] as const)),
);
const byName = new Map(
  platforms.flatMap((one) => [one.id, ...one.names].map((name) => [name, one] as const)),
);

/** The platform people mean by this name, or null. */
export const platformNamed = (name: string): Platform | null => byName.get(name.trim().toLowerCase()) ?? null;

/** The account a link leads to, or null when it is no account link of a known platform. */
export function accountOfLink(link: URL): { platform: Platform; account: string } | null {
  const found = byHost.get(link.hostname.replace(/^www\./, ""));
  if (!found) return null;
  let account: string | null;
  try {
    account = found.at(link.pathname, link.searchParams);
  } catch {
    return null; // A percent sign that begins no escape.
  }
  return account === null || account === "" ? null : { platform: found.one, account };
}
