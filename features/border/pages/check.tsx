// One screen for a queue: scan or type, the answer, and with one key the next person.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  LinkButton,
  PageHead,
  Problem,
  TextField,
  useQuery,
  useQueryClient,
  useSessionDoor,
  useWords,
} from "@simpul/doors/web";
import { mrzLines } from "@simpul/match/profiles";
import type { ZoneRead } from "@simpul/match/zone";
import type { AskBorder, BorderChecked, BorderView } from "../contract.ts";
import { Answer, HitCard } from "./answer.tsx";
import { PhotoOfZone, ZoneToCheck } from "./photo.tsx";
import "./border.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const { session, change } = useSessionDoor();
  const controls = session.purpose === "border-control";
  const query = useQuery({
    queryKey: ["border"],
    queryFn: ({ signal }) => api.get<BorderView>("/api/border", { signal }),
    enabled: controls,
  });
  if (!controls)
    return (
      <>
        <PageHead title={say("border.room")} />
        <Empty
          title={say("border.start.title")}
          act={
            <Button onClick={() => void change({ purpose: "border-control" })}>{say("border.start")}</Button>
          }
        >
          {say("border.start.text")}
        </Empty>
      </>
    );
  return (
    <>
      <PageHead title={say("border.room")} />
      <Awaited query={query}>
        {(view) =>
          view.current === null ? (
            <Empty
              title={say("border.noPurpose.title")}
              act={<LinkButton to="/border/purposes">{say("border.purposes")}</LinkButton>}
            >
              {say("border.noPurpose.text")}
            </Empty>
          ) : (
            <Queue view={view} />
          )
        }
      </Awaited>
    </>
  );
}

const empty = { scan: "", document: "", name: "", birth: "" };

/** The lines of a zone once all are there, or what was typed. */
function askOf(typed: typeof empty): AskBorder | null {
  const { scan, document, name, birth } = typed;
  if (mrzLines(scan) !== null) return { zone: scan };
  const number = document.trim() === "" && !scan.includes("<") ? scan.trim() : document.trim();
  if (number === "" && (name.trim() === "" || birth === "")) return null;
  return {
    ...(number === "" ? {} : { document: number }),
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(birth === "" ? {} : { birth }),
  };
}

function Queue({ view }: { view: BorderView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(empty);
  const [checked, setChecked] = useState<BorderChecked | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  /** Read from a photo, and to be looked at before it is checked. */
  const [photo, setPhoto] = useState<ZoneRead | null>(null);
  const [unread, setUnread] = useState(false);
  const [busy, setBusy] = useState(false);
  const scanner = useRef<HTMLTextAreaElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (checked !== null) next.current?.focus();
    else if (!busy) scanner.current?.focus();
  }, [checked, busy]);
  const set = (to: Partial<typeof empty>): void => setTyped((before) => ({ ...before, ...to }));
  function clear(): void {
    setTyped(empty);
    setChecked(null);
    setFault(null);
    setPhoto(null);
    setUnread(false);
  }
  async function check(of: typeof empty): Promise<void> {
    const ask = askOf(of);
    if (ask === null || busy) return;
    setBusy(true);
    setFault(null);
    try {
      setChecked(await api.post<BorderChecked>("/api/border/check", ask));
      void queries.invalidateQueries({ queryKey: ["border"] });
    } catch (no) {
      // A zone that was misread is scanned again into an empty field.
      if (photo === null) set({ scan: "" });
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  /** A scanner ends each line with Enter; typed, Enter checks. */
  function onKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter" || (photo === null && typed.scan.includes("<"))) return;
    event.preventDefault();
    void check(typed);
  }
  function onScan(scan: string): void {
    const now = { ...typed, scan };
    setTyped(now);
    if (photo === null && mrzLines(scan) !== null) void check(now);
  }
  /** Read surely and with all check digits right it is as good as a scan; else she looks first. */
  function onPhoto(read: ZoneRead | null): void {
    clear();
    setUnread(read === null);
    if (read === null) return;
    const now = { ...empty, scan: read.lines.join("\n") };
    setTyped(now);
    if (read.unsure.length === 0 && read.fitting === read.checks) void check(now);
    else setPhoto(read);
  }
  return (
    <Stack gap="lg" maw="40rem">
      {checked !== null ? (
        <Answer of={checked}>
          <div className="s-acts">
            <Button ref={next} size="md" onClick={clear}>
              {say("border.next")}
            </Button>
          </div>
        </Answer>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void check(typed);
          }}
          onKeyDown={(event) => event.key === "Escape" && clear()}
        >
          <Stack gap="md">
            <Textarea
              ref={scanner}
              label={say("border.scan")}
              description={say("border.scan.hint")}
              value={typed.scan}
              onChange={(event) => onScan(event.currentTarget.value)}
              onKeyDown={onKey}
              rows={3}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              autoFocus
              styles={{ input: { fontFamily: "monospace" } }}
            />
            {photo !== null && <ZoneToCheck read={photo} now={typed.scan} />}
            <PhotoOfZone onRead={onPhoto} />
            {unread && (
              <Text size="sm" role="alert">
                {say("border.photo.none")}
              </Text>
            )}
            <TextField
              label={say("border.document")}
              hint={say("border.document.hint")}
              maxLength={80}
              value={typed.document}
              onChange={(document) => set({ document })}
            />
            <TextField
              label={say("border.name")}
              maxLength={200}
              value={typed.name}
              onChange={(name) => set({ name })}
            />
            <TextField
              label={say("border.birth")}
              kind="date"
              value={typed.birth}
              onChange={(birth) => set({ birth })}
            />
            {fault !== null && <Problem fault={fault} />}
            <div className="s-acts">
              <Button type="submit" size="md" loading={busy} disabled={askOf(typed) === null}>
                {say("border.check")}
              </Button>
            </div>
          </Stack>
        </form>
      )}
      <Group gap="md">
        <Text size="sm" c="dimmed">
          {say("border.today", view.today)}
        </Text>
      </Group>
      {checked === null && view.open.length > 0 && (
        <Stack gap="sm" component="section" aria-label={say("border.open")}>
          <Text fw={600}>{say("border.open")}</Text>
          {view.open.map((hit) => (
            <HitCard key={hit.id} of={hit} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}
