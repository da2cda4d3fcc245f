// One campaign: what its adverts say again and where they differ, how it grows, whom it shares numbers with; joining and parting.
import { Button, List, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  languageOfText,
  Link,
  PageHead,
  StateTag,
  TextField,
  TickField,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CampaignView } from "../contract.ts";
import { Form, useCall } from "./form.tsx";
import { OutcomeCard } from "./outcomes.tsx";
import { FindBar, FoundTag, Line, useLanguageName, type Named } from "./parts.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "campaign", id],
    queryFn: ({ signal }) => api.get<Named<CampaignView>>(`/api/ads/campaigns/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/ads">
      {(view) => (
        <>
          <PageHead
            title={say("ads.campaign", { count: view.size })}
            back={{ to: "/ads", label: say("ads.room") }}
            marks={<FoundTag of={view.found} />}
          />
          <Body view={view} />
        </>
      )}
    </Awaited>
  );
}

function Body({ view }: { view: Named<CampaignView> }): ReactNode {
  const { say } = useWords();
  const language = useLanguageName();
  const waiting = view.adverts.find((one) => one.found === null);
  if (view.into !== null)
    return (
      <Stack gap="md">
        <Text>
          {say("ads.campaign.into")} <Link to={`/ads/campaigns/${view.into}`}>{say("ads.open")}</Link>
        </Text>
        <History view={view} />
      </Stack>
    );
  return (
    <Stack gap="lg">
      {waiting !== undefined && (
        <FindBar of={{ ...waiting, waiting: view.waiting }} onDone={() => undefined} />
      )}
      <Text size="sm">
        {say("ads.campaign.standing", { waiting: view.waiting })} {view.languages.map(language).join(", ")} ·{" "}
        {view.sources.map((one) => `${one.name} (${one.adverts})`).join(" · ")}
      </Text>
      {view.platforms.length > 0 && (
        <Text size="sm" className="s-long">
          {say("ads.campaign.platforms")}{" "}
          {view.platforms.map((one) => `${one.name} (${one.adverts})`).join(" · ")}
        </Text>
      )}
      <Template view={view} />
      <Growth of={view.growth} />
      {view.links.length > 0 && <Links view={view} />}
      <Members view={view} />
      {view.outcomes.length > 0 && (
        <section>
          <Title order={2} size="h4" mb="xs">
            {say("ads.outcomes")}
          </Title>
          <Stack gap="sm">
            {view.outcomes.map((one) => (
              <OutcomeCard key={one.id} of={one} names={view.names} advert />
            ))}
          </Stack>
        </section>
      )}
      <Merge view={view} />
      <History view={view} />
    </Stack>
  );
}

function Template({ view }: { view: CampaignView }): ReactNode {
  const { say } = useWords();
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.template")}
      </Title>
      <Text size="sm" c="dimmed">
        {say("ads.template.text", { count: view.compared })}
      </Text>
      <p className="ads-text" dir="auto" tabIndex={0} role="region" aria-label={say("ads.template")}>
        {view.template.map((part, nth) =>
          part.kind === "fixed" ? (
            <span key={nth} lang={languageOfText(part.text)}>
              {part.text}
            </span>
          ) : (
            <span key={nth} className="ads-slot">
              {" "}
              {part.values
                .slice(0, 4)
                .map((one) => `${one.text === "" ? "–" : one.text} (${one.count})`)
                .join(" | ")}{" "}
            </span>
          ),
        )}
      </p>
    </section>
  );
}

function Growth({ of }: { of: CampaignView["growth"] }): ReactNode {
  const { say, date } = useWords();
  if (of.length < 2) return null;
  const most = Math.max(...of.map((one) => one.adverts));
  const says = of.map((one) => `${date(one.day)}: ${one.adverts}`).join(", ");
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.growth")}
      </Title>
      <div className="ads-bars" role="img" aria-label={says}>
        {of.map((one) => (
          <span
            key={one.day}
            title={`${date(one.day)}: ${one.adverts}`}
            style={{ height: `${(100 * one.adverts) / most}%` }}
          />
        ))}
      </div>
      <Text size="sm">
        {date(of[0]!.day)} – {date(of.at(-1)!.day)}
      </Text>
      <details>
        <summary>{say("ads.growth.days")}</summary>
        <Table className="s-table" aria-label={say("ads.growth")} maw="24rem">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say("ads.growth.day")}</Table.Th>
              <Table.Th scope="col">{say("ads.column.adverts")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((one) => (
              <Table.Tr key={one.day}>
                <Table.Td data-main data-label={say("ads.growth.day")}>
                  {date(one.day)}
                </Table.Td>
                <Table.Td data-label={say("ads.column.adverts")}>{one.adverts}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </section>
  );
}

function Links({ view }: { view: CampaignView }): ReactNode {
  const { say } = useWords();
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.links")}
      </Title>
      <List size="sm" spacing={4} listStyleType="none">
        {view.links.map((one) => (
          <List.Item key={`${one.type} ${one.canonical}`} className="s-long">
            {say(`selector.${one.type}`)} <b>{one.canonical}</b>{" "}
            {one.campaigns.slice(0, 8).map((id, nth) => (
              <Link key={id} to={`/ads/campaigns/${id}`}>
                {say("ads.links.one", { nth: nth + 1 })}{" "}
              </Link>
            ))}
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Members({ view }: { view: CampaignView }): ReactNode {
  const { say } = useWords();
  const [picked, setPicked] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const { busy, fault, call } = useCall();
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.members")}
      </Title>
      <ul
        className="ads-list"
        style={{ position: "static", maxHeight: "30rem" }}
        aria-label={say("ads.members")}
        tabIndex={0}
      >
        {view.adverts.map((one) => (
          <li key={one.id}>
            <Stack gap={4} py="xs">
              {view.size > 1 && (
                <TickField
                  label={say("ads.split.pick")}
                  value={picked.includes(one.id)}
                  onChange={(to) =>
                    setPicked(to ? [...picked, one.id] : picked.filter((each) => each !== one.id))
                  }
                />
              )}
              <div>
                <FoundTag of={one.found} /> <Line of={one} />
                <Link to={`/ads/adverts/${one.id}`}>{say("ads.open")}</Link>
              </div>
            </Stack>
          </li>
        ))}
      </ul>
      {picked.length > 0 && (
        <Form
          whole={reason.trim().length >= 3}
          busy={busy}
          fault={fault}
          act={say("ads.split", { count: picked.length })}
          send={() => call(`/api/ads/campaigns/${view.id}/split`, { adverts: picked, reason: reason.trim() })}
          close={() => setPicked([])}
        >
          <TextField
            label={say("ads.reason")}
            required
            maxLength={1000}
            value={reason}
            onChange={setReason}
          />
        </Form>
      )}
    </section>
  );
}

function Merge({ view }: { view: CampaignView }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState("");
  const [reason, setReason] = useState("");
  const { busy, fault, call } = useCall();
  // Its address is what a colleague sends, and what stands in the links above.
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(from)?.[0];
  if (!open)
    return (
      <div className="s-noprint">
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("ads.merge")}
        </Button>
      </div>
    );
  return (
    <Form
      whole={id !== undefined && reason.trim().length >= 3}
      busy={busy}
      fault={fault}
      act={say("ads.merge")}
      send={() => call(`/api/ads/campaigns/${view.id}/merge`, { from: id, reason: reason.trim() })}
      close={() => setOpen(false)}
    >
      <TextField label={say("ads.merge.from")} required value={from} onChange={setFrom} />
      <TextField label={say("ads.reason")} required maxLength={1000} value={reason} onChange={setReason} />
    </Form>
  );
}

function History({ view }: { view: Named<CampaignView> }): ReactNode {
  const { say } = useWords();
  if (view.history.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.history")}
      </Title>
      <List size="sm" spacing={4} listStyleType="none">
        {view.history.map((one) => (
          <List.Item key={`${one.at} ${one.other}`}>
            <TimeText at={one.at} /> <StateTag>{say(`ads.history.${one.act}`)}</StateTag>{" "}
            <Link to={`/ads/campaigns/${one.other}`}>{say("ads.size", { count: one.adverts })}</Link>{" "}
            {one.by !== null && (view.names[one.by] ?? one.by)} {one.reason}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
