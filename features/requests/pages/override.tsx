// A life at risk: from the stop on, passing on without asking, and the notice of it for whoever approves or reads (HC-9).
import { Alert, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Refused,
  TextField,
  api,
  tell,
  useDraft,
  useGo,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { Handling } from "@simpul/model";
import type { OverrideView } from "../contract.ts";
import { useCodeWords, useFresh, usePreview, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";
import { PreviewPage } from "./preview.tsx";
import { Facts, Who } from "./texts.tsx";

/** Beneath the refusal of a draft that H2 stops, towards one state; nothing where anything else stops it. */
export function LifeAtRisk({
  fault,
  request,
  caseRef,
}: {
  fault: unknown;
  request: string | null;
  caseRef: string;
}): ReactNode {
  const { say, state } = useWords();
  if (!(fault instanceof Refused) || request === null) return null;
  const { because, originator, recipients } = fault.facts;
  const to = String(recipients ?? "").split(",");
  if (fault.code !== "NEEDS_PERMISSION" || because !== "H2" || to.length !== 1) return null;
  const owner = state(String(originator));
  return (
    <details className="r-act s-noprint">
      <summary>{say("requests.override.begin")}</summary>
      <Stack gap="sm" mt="xs" maw="40rem">
        <Text size="sm">{say("requests.override.text", { owner })}</Text>
        <Form request={request} to={to[0]!} owner={owner} caseRef={caseRef} />
      </Stack>
    </details>
  );
}

function Form({
  request,
  to,
  owner,
  caseRef,
}: {
  request: string;
  to: string;
  owner: string;
  caseRef: string;
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const codes = useRequestCodes();
  const go = useGo();
  const fresh = useFresh();
  const { officer, node } = useSession();
  const preview = usePreview(request, "request", true).data;
  const draft = useDraft(`requests.override.${request}`, { authority: "", reason: "", facts: "" });
  const { authority, reason, facts } = draft.value;
  const set = (change: Partial<typeof draft.value>): void =>
    draft.set((before) => ({ ...before, ...change }));
  const ready = authority.trim().length >= 3 && reason !== "" && facts.trim().length >= 20;
  const page = preview?.pages[0];
  return (
    <>
      <TextField
        label={say("requests.override.authority")}
        required
        maxLength={300}
        value={authority}
        onChange={(next) => set({ authority: next })}
      />
      <ChoiceField
        label={say("requests.override.reason")}
        required
        value={reason === "" ? null : reason}
        choices={(codes.data?.override.reasons ?? []).map((one) => ({
          value: one,
          label: code("overrideReasons", one),
        }))}
        onChange={(next) => set({ reason: next ?? "" })}
      />
      <LongTextField
        label={say("requests.override.facts")}
        hint={say("requests.override.facts.hint", { owner })}
        required
        rows={3}
        maxLength={4000}
        value={facts}
        onChange={(next) => set({ facts: next })}
      />
      {page !== undefined && (
        <LeaveStateButton
          label={say("requests.override.send", { state: state(to) })}
          disabled={!ready}
          reasonNeeded={false}
          recipients={[`${authority.trim()}, ${state(to)}`]}
          codes={<HandlingBadge handling={Handling.parse(page.handling)} from={node.code} />}
          approves={say("requests.override.approves", { name: officer.name })}
          preview={
            <Stack gap="sm">
              <Text>{say("requests.override.told", { owner })}</Text>
              <Facts
                of={[
                  { label: say("requests.override.reason"), value: code("overrideReasons", reason) },
                  { label: say("requests.override.facts"), value: facts.trim() },
                ]}
              />
              <PreviewPage
                page={{ ...page, stops: [] }}
                request={request}
                questions={page.request?.questions ?? []}
                caseRef={caseRef}
              />
            </Stack>
          }
          onLeave={async () => {
            const said = { authority: authority.trim(), reason, facts: facts.trim() };
            const { state: how } = await api.post<{ state: "waiting" | "done" }>(
              `/api/requests/${request}/override`,
              said,
            );
            draft.clear();
            await fresh();
            tell(say(`requests.override.sent.${how}`, { state: state(to), owner }));
            go(`/requests/${request}`);
          }}
        />
      )}
    </>
  );
}

export type Overrides = Named<{ overrides: OverrideView[] }>;

/** On the request itself: for the second officer before she approves, and for whoever reads it later. */
export function OverrideNotice({ request }: { request: string }): ReactNode {
  const { say } = useWords();
  const { data } = useQuery({
    queryKey: ["request", request, "overrides"],
    queryFn: ({ signal }) => api.get<Overrides>("/api/requests/overrides", { query: { request }, signal }),
  });
  return data?.overrides.map((one) => (
    <Alert
      key={one.id}
      variant="default"
      className="s-problem"
      title={say(one.state === "done" ? "requests.override.title" : "requests.override.begin")}
    >
      <OverrideFacts of={one} names={data.names} />
    </Alert>
  ));
}

/** Who passed what of whose on to whom, and why. */
export function OverrideFacts({ of, names }: { of: OverrideView; names: Overrides["names"] }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  return (
    <Stack gap="xs">
      <Text size="sm">
        {say(`requests.override.${of.direction}.${of.state === "done" ? "done" : "waiting"}`, {
          titles: words.list(of.records.map((one) => one.title || say(`requests.kind.${one.kind}`))),
          peer: state(of.peer),
          to: `${of.authority}, ${state(of.to)}`,
        })}
      </Text>
      <Text size="sm" fw={600}>
        {code("overrideReasons", of.reason)}
      </Text>
      <Text style={{ whiteSpace: "pre-wrap" }}>{of.facts}</Text>
      {of.askedBy !== null && (
        <Text size="sm">
          <Who id={of.askedBy} names={names} />
          {of.secondBy !== null && (
            <>
              {" · "}
              <Who id={of.secondBy} names={names} />
            </>
          )}
        </Text>
      )}
      {of.alone && <Text size="sm">{say("requests.override.alone")}</Text>}
    </Stack>
  );
}
