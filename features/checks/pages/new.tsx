// Asking other states: which selectors, which states, why; then a page to check all of it, with what they will see.
import { Checkbox, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  LinkButton,
  PageHead,
  Steps,
  TextField,
  api,
  useAddressValue,
  useDraft,
  useGo,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { sharedRoles } from "@simpul/model";
import type { Records, Selector } from "../../cases/contract.ts";
import type { CheckStart } from "../contract.ts";
import { useStart } from "./data.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [of] = useAddressValue("case");
  return (
    <>
      <PageHead
        title={say("checks.new.title")}
        {...(of !== "" && { back: { to: `/cases/${of}/selectors`, label: of } })}
      />
      {of === "" ? (
        <Empty
          title={say("checks.new.noCase")}
          act={<LinkButton to="/cases">{say("checks.empty.act")}</LinkButton>}
        >
          {say("checks.empty.text")}
        </Empty>
      ) : (
        <OfCase key={of} of={of} />
      )}
    </>
  );
}

function OfCase({ of }: { of: string }): ReactNode {
  const start = useStart(of);
  const records = useQuery({
    queryKey: ["case", of, "records", "selector"],
    queryFn: ({ signal }) =>
      api.get<{ records: Pick<Records, "selector"> }>(`/api/cases/${of}/records`, {
        query: { kinds: "selector" },
        signal,
      }),
  });
  return (
    <Awaited query={start} back="/cases">
      {(given) => (
        <Awaited query={records} back="/cases">
          {({ records: { selector } }) => <Form of={of} start={given} selectors={selector} />}
        </Awaited>
      )}
    </Awaited>
  );
}

const otherBasis = "other";
interface Draft {
  states: string[] | null;
  offence: string | null;
  basis: string | null;
  words: string | null;
}
const empty: Draft = { states: null, offence: null, basis: null, words: null };

function Form({
  of,
  start,
  selectors,
}: {
  of: string;
  start: CheckStart;
  selectors: readonly Selector[];
}): ReactNode {
  const { say, list, state } = useWords();
  const { purpose } = useSession();
  const go = useGo();
  const draft = useDraft(`checks.ask.${of}`, empty);
  const askable = selectors.filter((one) => one.valid && sharedRoles.includes(one.role));
  const [named, name] = useAddressValue("selectors");
  const picked = askable.filter((one) => named === "" || named.split(",").includes(one.id));
  const said = answersOf(start, draft.value);
  const set = (change: Partial<Draft>): void => draft.set((before) => ({ ...before, ...change }));
  const choose = (id: string, on: boolean): void => {
    const ids = picked.map((one) => one.id as string).filter((one) => one !== id);
    const next = on ? [...ids, id] : ids;
    name(next.length === 0 ? "none" : next.join(","));
  };
  const basisText = said.legalBasis;
  const counts = countsOf(picked);
  const unsaid = said.offence === null || basisText === "";
  const [step, goStep] = useAddressValue("step");
  useEffect(() => {
    // Whoever comes for the last page stands before the first open question, and goes on from there by herself.
    if (step === "check" && unsaid) goStep("why");
    // Once, as she comes in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  async function send(): Promise<void> {
    const made = await api.post<{ id: string }>("/api/checks", {
      case: of,
      selectors: picked.map((one) => one.id),
      states: said.states,
      offence: said.offence,
      legalBasis: basisText,
    });
    draft.clear();
    go(`/check/${made.id}`);
  }

  const tell = (entries: [string, number][]): string =>
    list(entries.map(([type, count]) => `${count} × ${say(`selector.${type}`)}`));
  return (
    <Steps
      draftSays={draft.says}
      send={say("checks.new.send", { count: picked.length, states: list(said.states.map(state)) })}
      onSend={send}
      note={
        <section className="s-preview" aria-label={say("checks.new.theySee")}>
          <Text fw={600}>{say("checks.new.theySee")}</Text>
          <Text size="sm" component="div">
            {say("checks.new.theySee.text", {
              counts: tell(counts),
              purpose: say(`purpose.${purpose}`),
              offence: said.offence === null ? "–" : say(`cases.crime.${said.offence}`),
              basis: basisText,
            })}
          </Text>
          <Text fw={600} mt="xs">
            {say("checks.new.theyNever")}
          </Text>
          <Text size="sm">{say("checks.new.theyNever.text")}</Text>
          {picked.length >= start.bulkFrom && (
            <Text size="sm" mt="xs" fw={600}>
              {say("checks.new.bulk", { from: start.bulkFrom })}
            </Text>
          )}
        </section>
      }
      steps={[
        {
          id: "selectors",
          title: say("checks.new.selectors"),
          hint: say("checks.new.selectors.hint"),
          body: <Selectors all={selectors} askable={askable} picked={picked} choose={choose} />,
          missing:
            picked.length === 0
              ? say("checks.new.selectors.missing")
              : picked.length > start.most
                ? say("checks.new.selectors.most", { most: start.most })
                : null,
          answers: [
            {
              label: say("checks.new.selectors.answer", { count: picked.length }),
              value: list(picked.slice(0, 12).map((one) => one.canonical)) + (picked.length > 12 ? " …" : ""),
            },
          ],
        },
        {
          id: "states",
          title: say("checks.new.states"),
          hint: say("checks.new.states.hint"),
          body: (
            <Stack gap="xs" role="group" aria-label={say("checks.new.states")}>
              {start.states.length === 0 && <Text>{say("checks.new.states.none")}</Text>}
              {start.states.map((one) => (
                <Checkbox
                  key={one}
                  label={state(one)}
                  checked={said.states.includes(one)}
                  onChange={(event) =>
                    set({
                      states: event.currentTarget.checked
                        ? [...said.states, one]
                        : said.states.filter((other) => other !== one),
                    })
                  }
                />
              ))}
            </Stack>
          ),
          missing: said.states.length === 0 ? say("checks.new.states.missing") : null,
          answers: [{ label: say("checks.states"), value: list(said.states.map(state)) }],
        },
        {
          id: "why",
          title: say("checks.new.why"),
          hint: say("checks.new.why.hint"),
          body: <Why start={start} said={said} set={set} />,
          missing: unsaid ? say("checks.new.why.missing") : null,
          answers: [
            { label: say("checks.purpose"), value: say(`purpose.${purpose}`) },
            {
              label: say("checks.offence"),
              value: said.offence === null ? "–" : say(`cases.crime.${said.offence}`),
            },
            { label: say("checks.basis"), value: basisText === "" ? "–" : basisText },
          ],
        },
      ]}
    />
  );
}

interface Said {
  states: string[];
  offence: string | null;
  /** A code of the list, or `other`. */
  basis: string | null;
  words: string;
  legalBasis: string;
}

/** Her draft, else what was said last in this case; all states, unless some were chosen. */
function answersOf(start: CheckStart, draft: Draft): Said {
  const { remembered, bases } = start;
  const known = bases.find((one) => one.text === remembered.legalBasis);
  const usual = remembered.legalBasis === null ? null : (known?.code ?? otherBasis);
  const basis = draft.basis ?? usual;
  const words = draft.words ?? (known === undefined ? (remembered.legalBasis ?? "") : "");
  const legalBasis =
    basis === otherBasis ? words.trim() : (bases.find((one) => one.code === basis)?.text ?? "");
  const states =
    draft.states ?? (remembered.states.length > 0 ? remembered.states : start.states).map(String);
  return {
    states: states.filter((one) => start.states.some((state) => state === one)),
    offence: draft.offence ?? remembered.offence,
    basis,
    words,
    legalBasis,
  };
}

function countsOf(selectors: readonly Selector[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { type } of selectors) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts];
}

function Selectors({
  all,
  askable,
  picked,
  choose,
}: {
  all: readonly Selector[];
  askable: readonly Selector[];
  picked: readonly Selector[];
  choose: (id: string, on: boolean) => void;
}): ReactNode {
  const { say } = useWords();
  const never = all.length - askable.length;
  return (
    <Stack gap="xs" role="group" aria-label={say("checks.new.selectors")}>
      {askable.map((one) => (
        <Checkbox
          key={one.id}
          label={<bdi>{one.canonical}</bdi>}
          description={[
            say(`selector.${one.type}`),
            say(`holder.${one.role}`),
            ...(one.elsewhere > 0 ? [say("checks.new.here", { count: one.elsewhere })] : []),
          ].join(" · ")}
          checked={picked.includes(one)}
          onChange={(event) => choose(one.id, event.currentTarget.checked)}
        />
      ))}
      {never > 0 && (
        <Text size="sm" c="dimmed">
          {say("checks.new.never", { count: never })}
        </Text>
      )}
    </Stack>
  );
}

function Why({
  start,
  said,
  set,
}: {
  start: CheckStart;
  said: Said;
  set: (change: Partial<Draft>) => void;
}): ReactNode {
  const { say } = useWords();
  const standing = start.bases.find((one) => one.code === said.basis)?.standing;
  return (
    <Stack gap="md">
      <ChoiceField
        label={say("checks.offence")}
        required
        value={said.offence}
        choices={start.offences.map((value) => ({ value, label: say(`cases.crime.${value}`) }))}
        onChange={(offence) => set({ offence })}
      />
      <ChoiceField
        label={say("checks.basis")}
        required
        hint={standing === "to-be-confirmed" ? say("checks.basis.toBeConfirmed") : undefined}
        value={said.basis}
        choices={[
          ...start.bases.map((one) => ({ value: one.code, label: one.text })),
          { value: otherBasis, label: say("checks.basis.other") },
        ]}
        onChange={(basis) => set({ basis })}
      />
      {said.basis === otherBasis && (
        <TextField
          label={say("checks.basis.words")}
          required
          maxLength={500}
          value={said.words}
          onChange={(words) => set({ words })}
        />
      )}
    </Stack>
  );
}
