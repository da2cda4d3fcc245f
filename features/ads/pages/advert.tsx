// One advert: its text with the signs marked, why it stands where it stands, what was found, and what followed.
import { Group, List, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Link,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useAddressValue,
  useGo,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { holderRoles } from "@simpul/model";
import type { AdvertSelector, AdvertView, QueueView } from "../contract.ts";
import { Disputes } from "./disputes.tsx";
import { FollowUps, OutcomeCard } from "./outcomes.tsx";
import { PicturesOfAdvert } from "./picture.tsx";
import { FindBar, FoundTag, Marked, PanelsOf, Share, useLanguageName, type Named } from "./parts.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "advert", id],
    queryFn: ({ signal }) => api.get<Named<AdvertView>>(`/api/ads/adverts/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/ads">
      {(view) => (
        <>
          <PageHead
            title={say("ads.advert")}
            back={{ to: "/ads", label: say("ads.room") }}
            marks={
              <Group gap="xs">
                <FoundTag of={view.found} />
                {view.disputed && <StateTag tone="waiting">{say("ads.disputed")}</StateTag>}
              </Group>
            }
          />
          <Body view={view} />
        </>
      )}
    </Awaited>
  );
}

function Body({ view }: { view: Named<AdvertView> }): ReactNode {
  const { say } = useWords();
  const next = useNext(view.id);
  const [second] = useAddressValue("second", "");
  if (view.purgedAt !== null)
    return (
      <Stack gap="md">
        <Text>
          {say("ads.purged")} <TimeText at={view.purgedAt} />
        </Text>
        {view.outcomes.map((one) => (
          <OutcomeCard key={one.id} of={one} names={view.names} />
        ))}
        <Disputes view={view} />
      </Stack>
    );
  return (
    <Stack gap="lg">
      {(view.found === null || second !== "") && view.decisions.every((one) => one.undone) && (
        <FindBar of={view} onDone={next} alone={second !== ""} />
      )}
      <Marked text={view.body} flags={view.flags} contacts={view.selectors} />
      <PicturesOfAdvert of={view.pictures} />
      <Share of={view} />
      <PanelsOf view={view} />
      <Selectors view={view} />
      <FollowUps view={view} />
      <Disputes view={view} />
      <Facts view={view} />
    </Stack>
  );
}

/** After a finding the next one of the queue opens: a phone has no list beside it. */
function useNext(id: string): () => void {
  const go = useGo();
  const queries = useQueryClient();
  return () => {
    const view = queries.getQueryData<QueueView>(["ads", "queue"]);
    const at = view?.entries.findIndex((one) => one.id === id) ?? -1;
    const following = at < 0 ? undefined : (view!.entries[at + 1] ?? view!.entries[at - 1]);
    if (following !== undefined) go(`/ads/adverts/${following.id}`);
    else if (at >= 0) go("/ads");
  };
}

function Selectors({ view }: { view: AdvertView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  if (view.selectors.length === 0) return null;
  const whose = async (number: number, role: string): Promise<void> => {
    setFault(null);
    try {
      await api.post(`/api/ads/adverts/${view.id}/selectors/${number}`, { role });
      await queries.invalidateQueries({ queryKey: ["ads"] });
    } catch (no) {
      setFault(no);
    }
  };
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.contacts")}
      </Title>
      {fault !== null && <Problem fault={fault} />}
      <Table className="s-table" aria-label={say("ads.contacts")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("ads.contact")}</Table.Th>
            <Table.Th scope="col">{say("ads.contact.elsewhere")}</Table.Th>
            <Table.Th scope="col">{say("ads.contact.whose")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.selectors.map((one) => (
            <Table.Tr key={one.number}>
              <Table.Td data-main data-label={say("ads.contact")} className="s-long">
                {say(`selector.${one.type}`)} {one.canonical ?? say("ads.contact.hidden")}
                {!one.valid && ` · ${say("ads.contact.unsound")}`}
              </Table.Td>
              <Table.Td data-label={say("ads.contact.elsewhere")}>
                <Elsewhere of={one} />
              </Table.Td>
              <Table.Td data-label={say("ads.contact.whose")}>
                {one.canonical === null ? (
                  say(`holder.${one.role}`)
                ) : (
                  <ChoiceField
                    label={say("ads.contact.whose")}
                    labelHidden
                    required
                    value={one.role}
                    choices={holderRoles.map((value) => ({ value, label: say(`holder.${value}`) }))}
                    onChange={(to) => {
                      if (to !== null && to !== one.role) void whose(one.number, to);
                    }}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Elsewhere({ of }: { of: AdvertSelector }): ReactNode {
  const { say } = useWords();
  if (of.canonical === null || of.adverts === 0) return "–";
  return (
    <>
      {of.known && <StateTag tone="bad">{say("ads.because.selector.known")}</StateTag>}{" "}
      <Link to={`/ads/all?text=${encodeURIComponent(of.canonical)}`}>
        {say("ads.contact.adverts", { adverts: of.adverts, campaigns: of.campaigns })}
      </Link>
    </>
  );
}

function Facts({ view }: { view: Named<AdvertView> }): ReactNode {
  const { say, number } = useWords();
  const language = useLanguageName();
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.facts")}
      </Title>
      <List size="sm" listStyleType="none" spacing={2}>
        <List.Item>
          {say("ads.facts.source", { source: view.sourceName, by: view.givenBy })}
          {view.origin !== "" && ` · ${view.origin}`}
        </List.Item>
        <List.Item>
          {say("ads.source.basis")}: {view.legalBasis}
        </List.Item>
        <List.Item>
          {say("ads.facts.taken")} <TimeText at={view.takenAt} />
          {view.postedAt !== null && (
            <>
              {" · "}
              {say("ads.facts.posted")} <TimeText at={view.postedAt} />
            </>
          )}
        </List.Item>
        <List.Item>
          {language(view.language)}
          {view.zawgyi && ` · ${say("ads.zawgyi")}`}
          {view.seen > 1 && ` · ${say("ads.seen", { count: number(view.seen) })}`}
        </List.Item>
        {view.said !== null && <List.Item>{say("ads.facts.said", { said: view.said })}</List.Item>}
        <List.Item style={{ overflowWrap: "anywhere" }}>SHA-256 {view.digest}</List.Item>
        {view.size > 1 && (
          <List.Item>
            <Link to={`/ads/campaigns/${view.campaign}`}>{say("ads.campaign.of", { count: view.size })}</Link>
          </List.Item>
        )}
        {view.decisions.map((one) => (
          <List.Item key={one.id}>
            <TimeText at={one.at} /> · {say(`ads.found.${one.found}`)} · {view.names[one.by] ?? one.by}
            {one.second && ` · ${say("ads.second")}`}
            {one.covered > 1 && ` · ${say("ads.whole", { count: one.covered })}`}
            {one.undone && ` · ${say("ads.undone")}`}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
