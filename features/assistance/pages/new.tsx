// Beginning one: freeze or formal, which kind, of whom; from a request with its answers, or from a case.
import { Button, Stack, Text } from "@mantine/core";
import type { NodeCode } from "@simpul/model";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  PageHead,
  Problem,
  RadioField,
  api,
  useAddressValues,
  useGo,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CaseHead } from "../../cases/contract.ts";
import type { CheckView } from "../../checks/contract.ts";
import type { RequestView } from "../../requests/contract.ts";
import type { Codes, FormalKind } from "../contract.ts";
import { authorityName, useCodes, useFresh } from "./data.ts";
import { Rests } from "./rests.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const [values] = useAddressValues();
  const request = values["request"] ?? "";
  const source = useQuery({
    queryKey: ["request", request],
    queryFn: ({ signal }) => api.get<RequestView>(`/api/requests/${request}`, { signal }),
    enabled: request !== "",
  });
  return (
    <>
      <PageHead
        title={say("assistance.new")}
        back={
          request === ""
            ? { to: "/assistance", label: say("assistance.room") }
            : { to: `/requests/${request}`, label: say("assistance.fromRequest") }
        }
      />
      <Awaited query={codes}>
        {(lists) =>
          lists.peers.length + lists.letters.length === 0 ? (
            <Empty title={say("assistance.noPeers")} />
          ) : request !== "" ? (
            <Awaited query={source} back="/requests">
              {(from) => <Form codes={lists} from={from} />}
            </Awaited>
          ) : (
            <Form codes={lists} from={null} />
          )
        }
      </Awaited>
    </>
  );
}

function Form({ codes, from }: { codes: Codes; from: RequestView | null }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const go = useGo();
  const fresh = useFresh();
  const [values] = useAddressValues();
  const [kind, setKind] = useState<FormalKind | null>((values["kind"] as FormalKind | undefined) ?? null);
  // Data is frozen from node to node; a formal request also goes as a letter.
  const written = kind === "formal" ? codes.letters.filter((one) => !codes.peers.includes(one.state)) : [];
  const asked = from?.threads.map((one) => one.peer);
  const peers = [...new Set([...codes.peers, ...written.map((one) => one.state)])].filter(
    (one) => asked?.includes(one) ?? true,
  );
  const types = codes.types.filter((one) => one.kind === kind);
  const [type, setType] = useState<string | null>(values["type"] ?? null);
  const nodes = peers.filter((one) => codes.peers.includes(one));
  const only = nodes.length === 1 ? nodes : peers;
  const [to, setTo] = useState<string | null>(values["to"] ?? (only.length === 1 ? only[0]! : null));
  const letters = written.filter((one) => one.state === to);
  const [letter, setLetter] = useState<string | null>(null);
  const addressee = letters.find((one) => one.code === letter) ?? (letters.length === 1 ? letters[0]! : null);
  const [of, setOf] = useState<string | null>(values["case"] ?? null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const cases = useQuery({
    queryKey: ["case", "mine"],
    queryFn: ({ signal }) =>
      api.get<{ cases: CaseHead[] }>("/api/cases", { query: { limit: "100" }, signal }),
    enabled: from === null,
  });
  const hit = values["hit"] ?? "";
  const check = useQuery({
    queryKey: ["check", hit],
    queryFn: ({ signal }) => api.get<CheckView>(`/api/checks/${hit}`, { signal }),
    enabled: hit !== "",
  });
  /** Of the hit, what the draft says in her language until she writes more. */
  const said = (to: string): object => {
    if (check.data === undefined) return {};
    const day = words.date(check.data.askedAt);
    const grounds = say("requests.new.whyThere", { day, state: state(to) });
    return { said: { language: words.locale, grounds, link: say("requests.link.hit", { day }) } };
  };
  const chosen = types.length === 1 ? types[0]!.code : type;
  const ready =
    kind !== null &&
    chosen !== null &&
    to !== null &&
    (letters.length === 0 || addressee !== null) &&
    (from !== null || of !== null) &&
    !check.isLoading;
  async function begin(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const records = (values["records"] ?? "").split(",").filter((one) => one !== "");
      const { id } = await api.post<{ id: string }>("/api/assistance", {
        kind,
        type: chosen,
        to,
        ...(addressee === null ? {} : { letter: addressee.code }),
        ...(from === null ? { case: of } : { request: from.id }),
        ...(hit === "" ? {} : { hit, ...said(to!) }),
        ...(records.length === 0 ? {} : { records }),
      });
      await fresh();
      go(`/assistance/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Stack maw="40rem" gap="lg">
      <RadioField
        label={say("assistance.kind")}
        value={kind}
        choices={(["preservation", "formal"] as const).map((one) => ({
          value: one,
          label: say(`assistance.kind.${one}`),
          hint: say(`assistance.kind.${one}.hint`),
        }))}
        onChange={(one) => {
          setKind(one as FormalKind);
          setType(null);
        }}
      />
      {types.length > 1 && (
        <ChoiceField
          label={say("assistance.what")}
          required
          value={type}
          choices={types.map((one) => ({ value: one.code, label: say(`assistance.type.${one.code}`) }))}
          onChange={setType}
        />
      )}
      <ChoiceField
        label={say("assistance.to")}
        hint={say("assistance.to.hint")}
        required
        value={to}
        choices={peers.map((one) => ({ value: one, label: state(one) }))}
        onChange={setTo}
      />
      {letters.length > 0 && (
        <ChoiceField
          label={say("assistance.letter.to")}
          hint={say("assistance.letter.to.hint")}
          required
          value={addressee?.code ?? null}
          choices={letters.map((one) => ({ value: one.code, label: authorityName(words, one) }))}
          onChange={setLetter}
        />
      )}
      {/* A select cuts a long name, and with it that it is to be confirmed. */}
      {addressee !== null && <Text size="sm">{authorityName(words, addressee)}</Text>}
      {from === null && (
        <ChoiceField
          label={say("assistance.case")}
          required
          value={of}
          choices={(cases.data?.cases ?? []).map((one) => ({
            value: one.number,
            label: `${one.number} · ${one.title}`,
          }))}
          onChange={setOf}
        />
      )}
      {chosen !== null && to !== null && (
        <Rests codes={codes} form={{ type: chosen, to: to as NodeCode, basis: "" }} />
      )}
      {fault !== null && <Problem fault={fault} />}
      <div className="s-acts">
        <Button disabled={!ready} loading={busy} onClick={() => void begin()}>
          {say("assistance.begin")}
        </Button>
      </div>
    </Stack>
  );
}
