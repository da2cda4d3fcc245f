// A service opens what a victim desk handed to it: the key comes from the part of the address that no server sees.
const main = document.getElementById("main");
const chosen = document.getElementById("language");
const share = location.pathname.split("/").pop() ?? "";
const secret = location.hash.slice(1);
// The key stays in this page; the address line, the history and a later look over the shoulder do not keep it.
history.replaceState(null, "", location.pathname);

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const textOf = (bytes) =>
  btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const utf8 = new TextEncoder();

const words = await (await fetch("/handed/words.json")).json();
const names = { en: "English", id: "Bahasa Indonesia", km: "ភាសាខ្មែរ", fil: "Filipino" };
const wanted = navigator.languages.map((one) => one.split("-")[0]).find((one) => one in words);
let language = wanted ?? "en";
for (const [code, name] of Object.entries(names))
  chosen.append(new Option(name, code, false, code === language));

const say = (key, values = {}) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    words[language][`referrals.${key}`] ?? key,
  );

/** An element with its children; text is only ever text. */
function el(tag, more = {}, ...children) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children.filter((one) => one !== null));
  return made;
}

async function derive() {
  const raw = bytesOf(secret);
  if (raw.length !== 32) throw new Error("no key");
  const base = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveBits"]);
  const info = utf8.encode("simpul-link-proof-v1");
  const proof = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
    base,
    256,
  );
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, proof: textOf(new Uint8Array(proof)) };
}

const ask = (act, body) =>
  fetch(`/api/handed/${share}/${act}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

async function open() {
  const { key, proof } = await derive();
  const answer = await ask("open", { proof });
  if (!answer.ok) return null;
  const { box } = await answer.json();
  const bytes = bytesOf(box);
  const about = utf8.encode(`given ${share}`);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: about },
    key,
    bytes.slice(12),
  );
  return { key, proof, handed: JSON.parse(new TextDecoder().decode(plain)) };
}

async function answer({ key, proof }, step, said) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8.encode(`answer ${share}`);
  const plain = utf8.encode(JSON.stringify({ step, ...said }));
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain),
  );
  const both = new Uint8Array([...iv, ...sealed]);
  const got = await ask("answer", { proof, step, answer: textOf(both) });
  return got.ok;
}

/** What the page shows now; a change of language draws it anew. */
let draw = () => undefined;
function show(make) {
  draw = () => {
    document.documentElement.lang = language;
    document.getElementById("language-label").textContent = say("handed.language");
    main.replaceChildren(...make());
  };
  draw();
}
chosen.addEventListener("change", () => {
  language = chosen.value;
  draw();
});

/** In words; a browser that lacks a language writes `M11` for its month, and gets figures instead. */
const time = (iso) => {
  const at = new Date(iso);
  const said = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
  return /\bM\d\d\b/.test(said)
    ? `${at.toLocaleDateString("sv")} ${at.toLocaleTimeString("sv").slice(0, 5)}`
    : said;
};

function content({ content: given, due }) {
  const rows = Object.entries(given.data).flatMap(([set, text]) => [
    el("dt", {}, say(`data.${set}`)),
    el("dd", { dir: "auto" }, text),
  ]);
  return [
    el("h1", {}, say("handed.title", { kind: say(`kind.${given.kind}`) })),
    el("p", {}, say("handed.from", { desk: given.desk })),
    given.urgent ? el("p", { className: "warn" }, say("urgent")) : null,
    el("p", { className: "quiet" }, say("handed.due", { time: time(due) })),
    el("dl", {}, ...rows),
    given.note === "" ? null : el("p", { dir: "auto" }, given.note),
    el("p", { className: "quiet" }, say(given.onward ? "handed.onward" : "handed.notOnward")),
  ].filter((one) => one !== null);
}

function question(opened) {
  const name = el("input", { maxLength: 200, autocomplete: "name" });
  const text = el("textarea", { rows: 3, maxLength: 2000 });
  const code = el(
    "select",
    {},
    ...["no-place", "not-served", "no-language", "not-safe", "not-ours", "other"].map(
      (one) => new Option(say(`rejection.${one}`), one),
    ),
  );
  const fault = el("p", { className: "warn", role: "alert" });
  const send = async (step) => {
    if (step === "rejected" && code.value === "other" && text.value.trim() === "") {
      fault.textContent = say("handed.reason");
      text.focus();
      return;
    }
    for (const one of form.querySelectorAll("button")) one.disabled = true;
    const said = {
      code: step === "rejected" ? code.value : null,
      text: text.value.trim(),
      name: name.value.trim(),
    };
    const ok = await answer(opened, step, said).catch(() => null);
    if (ok === null) {
      fault.textContent = say("handed.offline");
      for (const one of form.querySelectorAll("button")) one.disabled = false;
      return;
    }
    if (ok) show(() => [...after(step), ...(step === "accepted" ? content(opened.handed) : [])]);
    else show(dead);
  };
  const rejecting = el(
    "div",
    { hidden: true },
    el("label", {}, say("handed.why"), code),
    el(
      "div",
      { className: "acts" },
      el("button", { type: "button", onclick: () => void send("rejected") }, say("handed.sendNo")),
    ),
  );
  const form = el(
    "form",
    { onsubmit: (event) => event.preventDefault() },
    el("label", {}, say("handed.name"), name),
    el("label", {}, say("handed.text"), text),
    fault,
    el(
      "div",
      { className: "acts" },
      el(
        "button",
        { type: "button", className: "act", onclick: () => void send("accepted") },
        say("handed.accept"),
      ),
      el(
        "button",
        {
          type: "button",
          onclick: () => {
            rejecting.hidden = false;
            code.focus();
          },
        },
        say("handed.reject"),
      ),
    ),
    rejecting,
  );
  return form;
}

const after = (step) => [
  el("h1", {}, say(step === "accepted" ? "handed.accepted" : "handed.rejected")),
  el("p", { className: "warn" }, say(step === "accepted" ? "handed.keep" : "handed.gone")),
  step === "accepted"
    ? el(
        "div",
        { className: "acts" },
        el("button", { type: "button", className: "act", onclick: () => print() }, say("handed.print")),
      )
    : "",
];
const dead = () => [el("h1", {}, say("handed.dead")), el("p", {}, say("handed.dead.todo"))];

const opened = await open().catch(() => null);
if (opened === null) show(dead);
else {
  // One form for all languages would lose what was typed; a change of language before answering draws a fresh one.
  show(() => [...content(opened.handed), question(opened)]);
}
