// Asking another state, one question at a time; begun from a hit, nearly everything stands there already (RFI-1).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  NotFound,
  PageHead,
  Progress,
  api,
  useAddressValues,
  useMay,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { CaseView } from "../../cases/contract.ts";
import { useChoices, useOpenCases, useRequest, useRequestCodes } from "./data.ts";
import { administrativeDraft, firstDraft } from "./new-first.ts";
import { unaskedKinds } from "../contract.ts";
import type { CheckFacts } from "./new-first.ts";
import { AskForm } from "./new-form.tsx";
import "./requests.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const [values] = useAddressValues();
  // A draft that was made on this page goes on where it stands; the address follows it.
  const [made, setMade] = useState<string | null>(null);
  const id = values["draft"] ?? "";
  const beginning = id === "" || id === made;
  return (
    <>
      <PageHead
        title={say((values["unasked"] ?? "") === "" ? "requests.new.title" : "requests.tell.title")}
        back={{ to: "/requests", label: say("requests.room") }}
      />
      {!beginning ? (
        <Existing key={id} id={id} />
      ) : values["unasked"] === "administrative" ? (
        <BeginAdministrative onMade={setMade} />
      ) : made === null && (values["case"] ?? "") === "" ? (
        <WhichCase />
      ) : (
        <Begin onMade={setMade} />
      )}
    </>
  );
}

/** No case, no request: it is asked first, and everything else follows from it. */
function WhichCase(): ReactNode {
  const { say } = useWords();
  const [values, change] = useAddressValues();
  const query = useOpenCases(true);
  const writes = useMay(
    ({ officer }) =>
      officer.agency.kind === "liaison" &&
      officer.roles.some((role) => ["liaison", "supervisor"].includes(role)),
  );
  return (
    <Awaited query={query}>
      {(cases) => (
        <Stack maw="40rem">
          <ChoiceField
            label={say("requests.new.case")}
            hint={say("requests.new.case.hint")}
            value={null}
            autoFocus
            choices={cases.map((one) => ({ value: one.number, label: `${one.number} · ${one.title}` }))}
            onChange={(number) => change({ case: number }, { replace: false })}
          />
          {writes && (values["unasked"] ?? "") !== "" && (
            <Group>
              <Button
                variant="default"
                onClick={() => change({ unasked: "administrative" }, { replace: false })}
              >
                {say("requests.tell.administrative")}
              </Button>
              <Text size="sm">{say("requests.unasked.administrative.hint")}</Text>
            </Group>
          )}
        </Stack>
      )}
    </Awaited>
  );
}

function Existing({ id }: { id: string }): ReactNode {
  const query = useRequest(id);
  const codes = useRequestCodes();
  return (
    <Awaited query={query} back="/requests">
      {(view) =>
        view.may.includes("edit") ? (
          <Awaited query={codes}>
            {(lists) => <AskForm codes={lists} view={view} first={view.draft} summary="" />}
          </Awaited>
        ) : (
          <NotFound back={`/requests/${id}`} />
        )
      }
    </Awaited>
  );
}

/** MSG-2: between desks, without a case; nothing is known before it is written. */
function BeginAdministrative({ onMade }: { onMade: (id: string) => void }): ReactNode {
  const words = useWords();
  const [values] = useAddressValues();
  const codes = useRequestCodes();
  return (
    <Awaited query={codes}>
      {(lists) => (
        <AskForm
          codes={lists}
          view={null}
          first={administrativeDraft(words, lists, (values["state"] ?? "").split(","))}
          summary=""
          onMade={onMade}
        />
      )}
    </Awaited>
  );
}

/** Gathers what the house knows: the case, the check with its hit, the lists, what lies in the case. */
function Begin({ onMade }: { onMade: (id: string) => void }): ReactNode {
  const words = useWords();
  const { purpose } = useSession();
  const [values] = useAddressValues();
  const [asked] = useState(values);
  const ref = asked["case"] ?? "";
  const check = asked["check"] ?? "";
  const to = (asked["state"] ?? "").split(",").filter((one) => one !== "");
  const codes = useRequestCodes();
  const caseQuery = useQuery({
    queryKey: ["case", ref],
    queryFn: ({ signal }) => api.get<CaseView>(`/api/cases/${ref}`, { signal }),
  });
  const checkQuery = useQuery({
    queryKey: ["check", check],
    queryFn: ({ signal }) => api.get<CheckFacts>(`/api/checks/${check}`, { signal }),
    enabled: check !== "",
  });
  // Without a state nothing is stopped yet; it is when one is chosen.
  const choices = useChoices(ref, to);
  if (codes.data === undefined) return <Awaited query={codes}>{() => null}</Awaited>;
  if (caseQuery.data === undefined)
    return (
      <Awaited query={caseQuery} back="/requests">
        {() => null}
      </Awaited>
    );
  if (!choices.isFetchedAfterMount || (check !== "" && checkQuery.isPending))
    return <Progress says={words.say("web.loading")} part={null} />;
  const first = firstDraft(words, {
    view: caseQuery.data,
    check: checkQuery.data ?? null,
    hit: check === "" ? null : check,
    codes: codes.data,
    to,
    wanted: [asked["selector"] ?? "", ...(asked["records"] ?? "").split(",")].filter((one) => one !== ""),
    choices: choices.data ?? { records: [], items: [] },
    purpose,
    unasked: unaskedKinds.find((one) => one === asked["unasked"]) ?? null,
  });
  return (
    <AskForm codes={codes.data} view={null} first={first} summary={caseQuery.data.summary} onMade={onMade} />
  );
}
