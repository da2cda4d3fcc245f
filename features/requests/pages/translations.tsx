// A free text in its own language with its translation beside it: whose it is, that a machine made it, that the original prevails.
import { Button, Group, Stack, Text } from "@mantine/core";
import { createContext, useContext, useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, LongTextField, Problem, TimeText, api, useQuery, useWords } from "@simpul/doors/web";
import type { NoMachine, Translation, Translations } from "../contract.ts";
import { useAct, useFresh, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";
import { Who } from "./texts.tsx";

const Request = createContext<string | null>(null);
const Still = createContext(false);

/** Below it nothing is translated any more: what leaves is looked at. */
export const AsItLeaves = ({ children }: { children: ReactNode }): ReactNode => (
  <Still value={true}>{children}</Still>
);

/** Below it, texts of this request show their translations and take new ones. */
export function WithTranslations({ request, children }: { request: string; children: ReactNode }): ReactNode {
  return <Request value={request}>{children}</Request>;
}

const useTranslations = (request: string | null) =>
  useQuery({
    queryKey: ["request", request ?? "", "translations"],
    queryFn: ({ signal }) =>
      api.get<Named<Translations>>(`/api/requests/${request ?? ""}/translations`, { signal }),
    enabled: request !== null,
  });

interface Place {
  /** The request or the answer; null where nothing is translated, as in a preview. */
  about: string | null;
  field: string;
  language: string;
}

/** `children`: the text itself as its page sets it. */
export function FreeText({ children, ...place }: Place & { children: ReactNode }): ReactNode {
  const request = useContext(Request);
  const still = useContext(Still);
  const { locale } = useWords();
  const query = useTranslations(place.about === null ? null : request);
  const data = query.data;
  const known = data?.texts.find((one) => one.about === place.about && one.field === place.field);
  if (request === null || place.about === null || data === undefined || known === undefined) return children;
  const here = data.translations.filter((one) => one.about === place.about && one.field === place.field);
  const foreign = place.language.split("-")[0] !== locale;
  const shown = known.leaves ? ofOfficers(here) : bestFor(here, locale, foreign);
  if (shown.length === 0 && (still || !(foreign || known.leaves))) return children;
  return (
    <div className="r-translated">
      <div className={shown.length === 0 ? undefined : "r-side-by-side"}>
        <div>
          {shown.length > 0 && <Label place={place} />}
          {children}
        </div>
        <div>
          {shown.map((one) => (
            <Beside key={one.id} of={one} names={data.names} request={request} />
          ))}
        </div>
      </div>
      {!still && (
        <Add
          key={shown[0]?.id ?? "none"}
          request={request}
          place={place}
          machine={data.machine === "off" || known.leaves ? "off" : known.noMachine}
          again={shown.length > 0}
          {...(foreign ? {} : { goesAlong: true })}
        />
      )}
    </div>
  );
}

/** What goes along: the last by an officer into each language. */
const ofOfficers = (all: readonly Translation[]): Translation[] => [
  ...new Map(
    all
      .filter((one) => one.machine === null)
      .map((one) => [one.into, one] as const)
      .toReversed(),
  ).values(),
];

/** In the reader's language what an officer answers for, else a machine's; for want of one, in whichever it came. */
function bestFor(all: readonly Translation[], locale: string, foreign: boolean): Translation[] {
  const into = all.filter((one) => one.into === locale);
  const best =
    into.find((one) => one.machine === null) ??
    into[0] ??
    (foreign ? all.find((one) => one.from !== null) : undefined);
  return best === undefined ? [] : [best];
}

function Label({ place }: { place: Place }): ReactNode {
  const { say, language } = useWords();
  return (
    <Text size="xs" c="dimmed">
      {say("requests.translation.original", { language: language(place.language) })}
    </Text>
  );
}

function Beside({
  of,
  names,
  request,
}: {
  of: Translation;
  names: Named<Translations>["names"];
  request: string;
}): ReactNode {
  const { say, language, state } = useWords();
  const still = useContext(Still);
  const fresh = useFresh();
  const { busy, fault, run } = useAct();
  const states = (list: readonly string[]): string => list.map((one) => state(one)).join(", ");
  const send = (): void => {
    const door = `/api/requests/${request}/translations/${of.id}/send`;
    void run(() => api.post(door)).then((done) => (done ? fresh() : undefined));
  };
  return (
    <div className="r-translation">
      <Text size="xs" c="dimmed" component="div">
        {of.machine === null
          ? say("requests.translation.by", { language: language(of.into) })
          : say("requests.translation.machine", { language: language(of.into), host: of.machine })}{" "}
        {of.from === null ? <Who id={of.by} names={names} /> : `${of.from.officer}, ${state(of.from.state)}`},{" "}
        <TimeText at={of.at} />
      </Text>
      <Text component="div" lang={of.into} style={{ whiteSpace: "pre-wrap" }}>
        {of.text}
      </Text>
      <Text size="xs" fw={600}>
        {say("requests.translation.prevails")}
      </Text>
      {of.sentTo.length > 0 && (
        <Text size="xs">{say("requests.translation.sent", { states: states(of.sentTo) })}</Text>
      )}
      {fault !== null && <Problem fault={fault} />}
      {of.sendTo.length > 0 && !still && (
        <Button
          className="s-noprint"
          size="compact-sm"
          variant="default"
          mt={4}
          loading={busy}
          onClick={send}
        >
          {say("requests.translation.send", { states: states(of.sendTo) })}
        </Button>
      )}
    </div>
  );
}

/** Hers, under her name; or a machine's, where one may have the text. */
function Add({
  request,
  place,
  machine,
  again,
  goesAlong = false,
}: {
  request: string;
  place: Place;
  machine: NoMachine | null;
  again: boolean;
  /** Her own words, for those who read another language. */
  goesAlong?: boolean;
}): ReactNode {
  const { say, locale, language: named } = useWords();
  const codes = useRequestCodes();
  const fresh = useFresh();
  const { busy, fault, run } = useAct();
  const [text, setText] = useState("");
  const [language, setLanguage] = useState(place.language);
  const [other, setOther] = useState("");
  const others = (codes.data?.languages ?? []).filter((one) => one !== place.language.split("-")[0]);
  const into = goesAlong ? other || others[0] || "en" : locale;
  const at = { about: place.about, field: place.field, language, into };
  const send = (door: string, body: object): void => {
    void run(() => api.post(`/api/requests/${request}/${door}`, body)).then((done) =>
      done ? fresh() : undefined,
    );
  };
  const known = [...new Set([place.language, ...(codes.data?.languages ?? [])])];
  return (
    <details className="s-noprint r-translate">
      <summary>
        {say(
          goesAlong
            ? "requests.translation.along"
            : again
              ? "requests.translation.again"
              : "requests.translation.add",
        )}
      </summary>
      <Stack gap="xs" mt="xs">
        {goesAlong ? (
          <ChoiceField
            label={say("requests.translation.into")}
            value={into}
            choices={others.map((one) => ({ value: one, label: named(one) }))}
            onChange={(next) => setOther(next ?? other)}
          />
        ) : (
          <ChoiceField
            label={say("requests.translation.from")}
            value={language}
            choices={known.map((one) => ({ value: one, label: named(one) }))}
            onChange={(next) => setLanguage(next ?? language)}
          />
        )}
        <LongTextField
          label={say("requests.translation.text", { language: named(into) })}
          hint={say("requests.translation.hint")}
          rows={3}
          maxLength={8000}
          lang={into}
          value={text}
          onChange={setText}
        />
        {fault !== null && <Problem fault={fault} kept={say("requests.form.kept")} />}
        <Group gap="xs">
          <Button
            size="compact-sm"
            loading={busy}
            disabled={text.trim() === ""}
            onClick={() => send("translations", { ...at, text: text.trim() })}
          >
            {say("requests.translation.keep")}
          </Button>
          {machine === null && (
            <Button
              size="compact-sm"
              variant="default"
              loading={busy}
              onClick={() => send("translations/machine", at)}
            >
              {say("requests.translation.ask")}
            </Button>
          )}
        </Group>
        {(machine === "victim" || machine === "terms") && (
          <Text size="xs">{say(`requests.translation.no.${machine}`)}</Text>
        )}
      </Stack>
    </details>
  );
}
