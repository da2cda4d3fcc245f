// The keys of this node: which are in use, which were before, who does not know them yet; and changing them by two.
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LongTextField,
  needsRole,
  PageHead,
  Problem,
  RadioField,
  TextField,
  useDraft,
  useFieldErrors,
  useLive,
  useMay,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { OwnKeysView } from "../contract.ts";
import { DoubtList } from "./doubts.tsx";
import { KeyList } from "./key-list.tsx";
import { topic, Who } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  const manages = useMay(needsRole("administrator"));
  useLive([topic]);
  const query = useQuery({
    queryKey: [topic, "keys"],
    queryFn: ({ signal }) => api.get<OwnKeysView>("/api/peers/keys", { signal }),
  });
  return (
    <>
      <PageHead title={say("peers.keys.title")} back={{ to: "/peers", label: say("peers.room") }} />
      <Awaited query={query} back="/peers">
        {(view) => (
          <Stack gap="lg">
            <Text maw="44rem">{say("peers.keys.text")}</Text>
            <Untold view={view} />
            <KeyList keys={view.keys} />
            {view.keys.some((one) => one.stolenSince !== null) && (
              <section aria-labelledby="doubts">
                <Title order={2} size="h4" id="doubts" mb="sm">
                  {say("peers.tab.doubts")}
                </Title>
                <DoubtList code={node.code} />
              </section>
            )}
            {manages && view.proposed === null && <Propose />}
            {view.proposed !== null && <Waits view={view} proposed={view.proposed} manages={manages} />}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Untold({ view }: { view: OwnKeysView }): ReactNode {
  const { say, state, list, time } = useWords();
  if (view.untold.length === 0) return null;
  const about = { states: list(view.untold.map((one) => state(one))), count: view.untold.length };
  return (
    <Alert variant="default" role="status">
      <Text size="sm" maw="44rem">
        {view.overlapUntil === null
          ? say("peers.keys.untoldCard", about)
          : say("peers.keys.untold", { ...about, until: time(view.overlapUntil) })}
      </Text>
    </Alert>
  );
}

/** Sends an act, shows what stands against it, and has the pages ask again. */
function useAct(): { busy: boolean; fault: unknown; act: (path: string, body?: object) => Promise<boolean> } {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    async act(path, body) {
      setFault(null);
      setBusy(true);
      try {
        await api.post(`/api/peers/keys${path}`, body);
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
        await queries.invalidateQueries({ queryKey: [topic] });
      }
    },
  };
}

const empty: { kind: string | null; since: string; because: string } = { kind: null, since: "", because: "" };

function Propose(): ReactNode {
  const { say } = useWords();
  const { busy, fault, act } = useAct();
  const error = useFieldErrors();
  const draft = useDraft("peers.keys", empty);
  const [open, setOpen] = useState(draft.value.kind !== null);
  const { kind, since, because } = draft.value;
  if (!open)
    return (
      <Group>
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("peers.keys.open")}
        </Button>
      </Group>
    );
  const set = (change: Partial<typeof empty>): void => draft.set((before) => ({ ...before, ...change }));
  const whole = kind !== null && because.trim().length >= 3 && (kind === "change" || since !== "");
  async function propose(): Promise<void> {
    const moment = kind === "stolen" ? new Date(since).toISOString() : null;
    if (await act("", { kind, because, since: moment })) draft.clear();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <Stack gap="md" maw="44rem">
        <RadioField
          label={say("peers.keys.kind")}
          value={kind}
          onChange={(chosen) => set({ kind: chosen })}
          choices={[
            { value: "change", label: say("peers.keys.change"), hint: say("peers.keys.changeHint") },
            { value: "stolen", label: say("peers.keys.theft"), hint: say("peers.keys.theftHint") },
          ]}
        />
        {kind === "stolen" && (
          <TextField
            kind="datetime-local"
            label={say("peers.keys.when")}
            hint={say("peers.keys.whenHint")}
            error={error(fault, "since")}
            required
            value={since}
            onChange={(text) => set({ since: text })}
          />
        )}
        <LongTextField
          label={say("peers.keys.because")}
          hint={say("peers.keys.becauseHint")}
          required
          rows={2}
          maxLength={500}
          value={because}
          onChange={(text) => set({ because: text })}
        />
        {fault !== null && <Problem fault={fault} />}
        <Text size="sm" c="dimmed">
          {draft.says}
        </Text>
        <Group className="s-acts">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("peers.keys.propose")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Proposed = NonNullable<OwnKeysView["proposed"]>;

function Waits({
  proposed,
  manages,
}: {
  view: OwnKeysView;
  proposed: Proposed;
  manages: boolean;
}): ReactNode {
  const { say, time } = useWords();
  const { busy, fault, act } = useAct();
  const stolen = proposed.kind === "stolen";
  return (
    <Alert variant="default" title={say("peers.keys.waits")} role="status">
      <Stack gap="sm" maw="44rem">
        <Text size="sm">
          {stolen
            ? say("peers.keys.waitsStolen", { since: time(proposed.since ?? proposed.at) })
            : say("peers.keys.waitsChange")}
        </Text>
        <Text size="sm">{proposed.because}</Text>
        <Text size="sm" c="dimmed">
          <Who doer={proposed.by} /> · {time(proposed.at)}
        </Text>
        {proposed.mine && <Text size="sm">{say("peers.keys.mine")}</Text>}
        {fault !== null && <Problem fault={fault} />}
        {manages && (
          <Group className="s-acts">
            <Button variant="default" loading={busy} onClick={() => void act(`/${proposed.id}/drop`)}>
              {say("peers.keys.drop")}
            </Button>
            {!proposed.mine && (
              <Button loading={busy} onClick={() => void act(`/${proposed.id}/confirm`)}>
                {say(stolen ? "peers.keys.confirmStolen" : "peers.keys.confirm")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
