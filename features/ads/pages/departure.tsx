// The departure check: an offer read beside the person who brought it. Nothing of it is kept.
import { Anchor, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, languageOfText, LongTextField, PageHead, Problem, StateTag, useWords } from "@simpul/doors/web";
import type { OfferReading } from "../contract.ts";
import { Marked, useFlagName, useLanguageName } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [read, setRead] = useState<OfferReading | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      setRead(await api.post<OfferReading>("/api/ads/offer", { text }));
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <PageHead title={say("ads.departure")} />
      <Stack gap="md">
        <Text size="sm">
          {say("ads.departure.text")}{" "}
          <Anchor href="/offer" target="_blank" rel="noreferrer" size="sm" underline="always">
            {say("ads.departure.own")}
          </Anchor>
        </Text>
        <form
          className="s-noprint"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Stack gap="sm" maw="44rem">
            <LongTextField
              label={say("ads.departure.offer")}
              required
              rows={6}
              maxLength={20_000}
              value={text}
              onChange={setText}
            />
            {fault !== null && <Problem fault={fault} />}
            <Group gap="xs" className="s-acts">
              <Button type="submit" loading={busy} disabled={text.trim() === ""}>
                {say("ads.departure.act")}
              </Button>
              <Button
                variant="subtle"
                onClick={() => {
                  setText("");
                  setRead(null);
                }}
              >
                {say("ads.departure.clear")}
              </Button>
            </Group>
          </Stack>
        </form>
        {read !== null && <Result of={read} />}
      </Stack>
    </>
  );
}

function Result({ of }: { of: OfferReading }): ReactNode {
  const { say } = useWords();
  const flag = useFlagName();
  const language = useLanguageName();
  const signs = [...new Set(of.flags.map((one) => one.flag))];
  return (
    <section role="status">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say("ads.departure.signs", { count: signs.length })}
        </Title>
        <Text size="sm">
          {say("ads.departure.reason")} {language(of.language)}
        </Text>
        <List size="sm" spacing={4}>
          {signs.map((one) => (
            <List.Item key={one}>
              <b>{flag(one)}</b>:{" "}
              {of.flags
                .filter((each) => each.flag === one)
                .slice(0, 3)
                .map((each) => (
                  <span key={each.start}>
                    <q dir="auto" lang={languageOfText(each.text)}>
                      {each.text}
                    </q>{" "}
                    ({each.gloss}){" "}
                  </span>
                ))}
            </List.Item>
          ))}
        </List>
        <Marked text={of.text} flags={of.flags} />
        {of.contacts.length > 0 && (
          <List size="sm" spacing={4}>
            {of.contacts.map((one) => (
              <List.Item key={`${one.type} ${one.text}`}>
                {say(`selector.${one.type}`)} {one.text}{" "}
                {one.known && <StateTag tone="bad">{say("ads.because.selector.known")}</StateTag>}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </section>
  );
}
