// The app on a phone in the field, from PIN to sealed: everything it shows lives in memory, never in an address or a title.
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { localeFacts, locales, type Locale } from "@simpul/doors/i18n";
import { useWords } from "@simpul/doors/web";
import { Wristband } from "@simpul/model";
import type { SealedEntry } from "../../contract.ts";
import "../field.css";
import { Keeping } from "./database.ts";
import type { Finished, Flow, Seal, Work } from "./flow.ts";
import { Locked, Setup } from "./gate.tsx";
import { Home } from "./home.tsx";
import { finish, Outbox, type OutboxState } from "./outbox.ts";
import { thisPhone, type Phone } from "./phone.ts";
import { Scan } from "./scan.tsx";
import { StateLine } from "./state-line.tsx";
import { lockState, wipeWork, type Draft, type Vault } from "./vault.ts";

type Place =
  | { at: "starting" }
  | { at: "setup"; why: "attempts" | "order" | null }
  | { at: "locked" }
  | { at: "home"; finished: boolean }
  | { at: "who" }
  | { at: "screening"; draft: Draft<Work> };

const sha256 = (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest("SHA-256", bytes);

export function FieldApp({
  Flow,
  seal,
  onLanguage,
}: {
  Flow: Flow;
  seal: Seal;
  onLanguage: (to: Locale) => void;
}): ReactNode {
  const { say, locale } = useWords();
  const [keeping, setKeeping] = useState<Keeping | null>(null);
  const [place, setPlace] = useState<Place>({ at: "starting" });
  const [phone, setPhone] = useState<Phone | null>(null);
  const [sending, setSending] = useState<OutboxState | null>(null);
  const [drafts, setDrafts] = useState<Draft<Work>[]>([]);
  // In memory alone, and gone when it locks.
  const vault = useRef<Vault | null>(null);
  const outbox = useRef<Outbox | null>(null);
  // One after the other, so that no late save brings back what was sealed.
  const saving = useRef(Promise.resolve());

  const start = useCallback(async (opened: Keeping): Promise<void> => {
    vault.current = null;
    setDrafts([]);
    const found = await thisPhone(opened);
    setPhone(found);
    const state = found === null ? "none" : await lockState(opened, found.terms);
    setPlace(
      state === "locked" ? { at: "locked" } : { at: "setup", why: state === "wiped" ? "attempts" : null },
    );
  }, []);

  useEffect(() => {
    let stop = (): void => undefined;
    let wiped = false;
    const gone = (): void => {
      vault.current = null;
      setPhone(null);
      setPlace({ at: "setup", why: "order" });
    };
    void Keeping.open().then(async (opened) => {
      setKeeping(opened);
      // Sending needs no PIN and does not wait for it.
      outbox.current = new Outbox(opened, (next) => {
        setSending(next);
        wiped ||= next.wiped;
        if (next.wiped) gone();
      });
      stop = outbox.current.start();
      await start(opened);
      if (wiped) gone();
    });
    return () => stop();
  }, [start]);

  const lock = useCallback((): void => {
    if (keeping !== null && vault.current !== null) void start(keeping);
  }, [keeping, start]);
  useLocking(phone?.terms.lockAfterMinutes ?? 5, lock);

  async function home(finished = false): Promise<void> {
    setDrafts((await vault.current?.drafts<Work>()) ?? []);
    setPlace({ at: "home", finished });
  }
  function open(opened: Vault): void {
    vault.current = opened;
    void home();
  }
  async function begin(wristband: Wristband | null): Promise<void> {
    const person = wristband === null ? crypto.randomUUID() : await Wristband.person(wristband, sha256);
    const value: Work = { person, wristband, began: new Date().toISOString(), part: 0, value: null };
    setPlace({ at: "screening", draft: { id: crypto.randomUUID(), value } });
  }
  async function done({ id, value }: Draft<Work>, finished: Finished): Promise<void> {
    if (keeping === null || phone === null) return;
    await saving.current;
    const { sealTo, node, officer } = (await thisPhone(keeping)) ?? phone;
    const at = new Date().toISOString();
    const by = { node: node.code, officer: officer.id, door: "field" } as const;
    const met = {
      kind: "field.met",
      data: { wristband: value.wristband, began: value.began, phone: phone.id },
    };
    const entries = [...finished.entries, met];
    const sealed = await Promise.all(
      // Entry ids come from the draft's, so that a screening finished twice is one screening.
      entries.map(async ({ kind, data }, i) =>
        seal(sealTo, { id: await entryId(id, i), person: value.person, kind, at, by, data }),
      ),
    );
    await finish(keeping, id, sealed as SealedEntry[], at);
    await home(true);
    void outbox.current?.send();
  }

  // Nothing is said of the outbox before it was looked at.
  const state = sending !== null && <StateLine state={sending} again={() => void outbox.current?.send()} />;
  if (keeping === null || place.at === "starting") return null;
  return (
    <main className="fp" aria-label={say("field.app.title")}>
      {phone?.node.exercise === true && <p className="fp-exercise">{say("web.exercise")}</p>}
      {place.at === "setup" && (
        <>
          <Setup
            keeping={keeping}
            why={place.why}
            onOpen={(made, opened) => {
              setPhone(made);
              open(opened);
              void outbox.current?.send();
            }}
          />
          {sending !== null && sending.waiting.length > 0 && state}
        </>
      )}
      {place.at === "locked" && phone !== null && (
        <Locked
          keeping={keeping}
          terms={phone.terms}
          onOpen={open}
          onWiped={() => setPlace({ at: "setup", why: "attempts" })}
        >
          {state}
        </Locked>
      )}
      {place.at === "home" && (
        <Home
          drafts={drafts}
          finished={place.finished}
          onNew={() => setPlace({ at: "who" })}
          onGoOn={(draft) => setPlace({ at: "screening", draft })}
          onLock={lock}
          onWipe={() => void wipeWork(keeping).then(() => start(keeping))}
        >
          {state}
        </Home>
      )}
      {place.at === "who" && <Scan onCode={(code) => void begin(code)} onBack={() => void home()} />}
      {place.at === "screening" && (
        <div className="fp-flow">
          <Flow
            key={place.draft.id}
            value={place.draft.value.value}
            onChange={(value, part) => {
              const work = { ...place.draft.value, value, part } satisfies Work;
              saving.current = saving.current.then(() => vault.current?.save(place.draft.id, work));
            }}
            onFinish={(finished) => void done(place.draft, finished)}
            onLeave={() => void saving.current.then(() => home())}
          />
        </div>
      )}
      {place.at !== "screening" && (
        <label className="fp-language">
          <span className="s-hidden">{say("field.app.language")}</span>
          <select value={locale} onChange={(event) => onLanguage(event.currentTarget.value as Locale)}>
            {locales.map((one) => (
              <option key={one} value={one} lang={one}>
                {localeFacts[one].name}
              </option>
            ))}
          </select>
        </label>
      )}
    </main>
  );
}

/** The same for the same draft and place, and saying nothing. */
async function entryId(draft: string, nth: number): Promise<string> {
  const bytes = new Uint8Array(
    await sha256(new TextEncoder().encode(`simpul-field-entry/1 ${draft} ${nth}`)),
  );
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes.subarray(0, 16), (one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Locks a phone that was put away or left alone for so many minutes. */
function useLocking(minutes: number, lock: () => void): void {
  useEffect(() => {
    let touched = Date.now();
    const touch = (): void => void (touched = Date.now());
    const look = (): void => {
      if (Date.now() - touched > minutes * 60_000) lock();
    };
    const timer = setInterval(look, 10_000);
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touch);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, touch);
      document.removeEventListener("visibilitychange", look);
    };
  }, [minutes, lock]);
}
