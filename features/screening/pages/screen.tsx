// Screening with a line: the conversation, each answer sealed as it is given, and what follows from it at the end.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  LinkButton,
  PageHead,
  api,
  useAddressValues,
  useQuery,
  useSession,
  useSessionDoor,
  useWords,
} from "@simpul/doors/web";
import type { DeskKey } from "../../victims/contract.ts";
import { inParts, presume, standing, toldOf } from "../contract.ts";
import type { Given, Presumption, ScreeningsView, Work } from "../contract.ts";
import { WholeScreening } from "../contract/flow.tsx";
import { useKept } from "./kept.ts";
import { Sealer, deskKey } from "./sealing.ts";
import { Verdict } from "./verdict.tsx";

const forVictims = ["victim-identification", "victim-assistance"];

export function Page(): ReactNode {
  const { say } = useWords();
  const { purpose } = useSession();
  const [values] = useAddressValues();
  const person = values["person"] ?? null;
  return (
    <>
      <PageHead
        title={say("screening.room")}
        {...(person === null
          ? {}
          : { back: { to: `/screening/people/${person}`, label: say("screening.person.title") } })}
      />
      {!forVictims.includes(purpose) ? (
        <OtherPurpose />
      ) : person === null ? (
        <Keyed />
      ) : (
        <Known person={person} />
      )}
    </>
  );
}

/** One tap brings her to the purpose under which screenings are kept. */
function OtherPurpose(): ReactNode {
  const { say } = useWords();
  const { change } = useSessionDoor();
  const [busy, setBusy] = useState(false);
  return (
    <Empty
      title={say("screening.purpose.title")}
      act={
        <Button
          loading={busy}
          onClick={() => {
            setBusy(true);
            void change({ purpose: "victim-identification" }).finally(() => setBusy(false));
          }}
        >
          {say("screening.purpose.do")}
        </Button>
      }
    >
      {say("screening.purpose.text")}
    </Empty>
  );
}

/** Somebody whom the open desk knows: what she told before is carried over. */
function Known({ person }: { person: string }): ReactNode {
  const view = useQuery({
    queryKey: ["victims", person, "screenings"],
    queryFn: ({ signal }) => api.get<ScreeningsView>(`/api/screening/people/${person}`, { signal }),
    // What this conversation adds must not turn into "told before" while it goes on.
    staleTime: Infinity,
    // The next conversation must know of this one.
    gcTime: 0,
  });
  return (
    <Awaited query={view} back="/screening">
      {(read) => <Keyed known={read} />}
    </Awaited>
  );
}

function Keyed({ known }: { known?: ScreeningsView }): ReactNode {
  const { say } = useWords();
  const key = useQuery({ queryKey: ["victims", "seal-to"], queryFn: ({ signal }) => deskKey(signal) });
  return (
    <Awaited query={key}>
      {(found) =>
        found === null ? (
          <Empty title={say("screening.noKey.title")}>{say("screening.noKey.text")}</Empty>
        ) : (
          <Conversation found={found} known={known ?? null} />
        )
      }
    </Awaited>
  );
}

interface Kept {
  person: string;
  /** Of the entry that says how it ended, so that trying again keeps it once. */
  end: string;
  work: Work | null;
}

function Conversation({ found, known }: { found: DeskKey; known: ScreeningsView | null }): ReactNode {
  const { say } = useWords();
  const { officer, node } = useSession();
  const [sealer] = useState(() => new Sealer(found, { node: node.code, officer: officer.id }));
  const [fresh] = useState((): Kept => ({
    person: known?.person ?? crypto.randomUUID(),
    end: crypto.randomUUID(),
    work: null,
  }));
  const kept = useKept<Kept>(`screening.${known?.person ?? "new"}`, fresh);
  const [resumed, setResumed] = useState(kept.value.work !== null);
  const [said, setSaid] = useState<Presumption | null>(null);
  const { person, end, work } = kept.value;
  if (said !== null)
    return (
      <Done
        presumption={said}
        known={known}
        onNext={() => {
          kept.keep({ person: crypto.randomUUID(), end: crypto.randomUUID(), work: null });
          setSaid(null);
        }}
      />
    );
  const last = known?.conversations.at(-1);
  const earlier: Given[] =
    known === null ? [] : [...standing(known.conversations.flatMap((one) => one.given)).values()];
  return (
    <Stack gap="md">
      {work === null ? (
        <Text maw="44rem">{say("screening.lead")}</Text>
      ) : (
        resumed && (
          <Text size="sm" c="dimmed">
            {say("screening.goesOn")}
          </Text>
        )
      )}
      <WholeScreening
        {...{ work, earlier }}
        setup={last === undefined ? {} : { hers: last.hers, mark: last.mark }}
        markHint={known === null}
        onWork={(next) => kept.keep({ person, end, work: next })}
        save={async (now, answer) => {
          setResumed(false);
          await sealer.leave(person, answer.id, toldOf(now, [answer], null));
          return "saved";
        }}
        onEnd={async (now, how, set) => {
          // All of it once more, for what a reload took from the queue; each answer is known by its id.
          for (const [at, part] of inParts(now, how).entries())
            await sealer.leave(person, at === 0 ? end : crypto.randomUUID(), part);
          const before = known?.conversations ?? [];
          setSaid(presume([...before, { id: now.id, given: now.given }], set));
          // From here on only the open desk reads what she said.
          kept.forget();
        }}
      />
    </Stack>
  );
}

function Done({
  presumption,
  known,
  onNext,
}: {
  presumption: Presumption;
  known: ScreeningsView | null;
  onNext: () => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="lg" maw="44rem">
      <div role="status">
        <Text fw={600}>{say("screening.done.title")}</Text>
        <Text>{say("screening.done.text")}</Text>
      </div>
      <Verdict presumption={presumption} />
      <div className="s-acts s-noprint">
        {known === null ? (
          <Button onClick={onNext}>{say("screening.done.next")}</Button>
        ) : (
          <LinkButton to={`/screening/people/${known.person}`}>{say("screening.person.title")}</LinkButton>
        )}
      </div>
    </Stack>
  );
}
