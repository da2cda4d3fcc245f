// Phones in the field: whose, when last heard, how much they left; one that is lost is revoked here.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import encodeQR from "qr";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useLive,
  useWords,
} from "@simpul/doors/web";
import type { Phone } from "../contract.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["phones"]);
  const query = useQuery({
    queryKey: ["phones"],
    queryFn: ({ signal }) => api.get<{ phones: Phone[] }>("/api/field/phones", { signal }),
  });
  const setUp = (
    // A page of its own, outside the rooms.
    <Button component="a" href="/field">
      {say("field.setUp")}
    </Button>
  );
  return (
    <>
      <PageHead title={say("field.room")} act={setUp} />
      <Stack gap="lg">
        <Awaited query={query}>
          {({ phones }) =>
            phones.length === 0 ? (
              <Empty title={say("field.none")}>{say("field.none.text")}</Empty>
            ) : (
              <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
                {phones.map((one) => (
                  <li key={one.id}>
                    <One of={one} />
                  </li>
                ))}
              </Stack>
            )
          }
        </Awaited>
        <Other />
      </Stack>
    </>
  );
}

/** The address as a QR sign, so that another phone opens it without typing. */
function Other(): ReactNode {
  const { say } = useWords();
  const address = `${location.origin}/field`;
  const sign = useMemo(() => {
    const rows = encodeQR(address, "raw", { ecc: "medium", border: 2 });
    const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    return { size: rows.length, path };
  }, [address]);
  return (
    <section>
      <Text fw={600} component="h2" size="md">
        {say("field.other")}
      </Text>
      <Group align="center" gap="md" mt="xs">
        <svg
          role="img"
          aria-label={say("field.qr")}
          viewBox={`0 0 ${sign.size} ${sign.size}`}
          width="132"
          height="132"
          shapeRendering="crispEdges"
        >
          <rect width="100%" height="100%" fill="#fff" />
          <path d={sign.path} fill="#000" />
        </svg>
        <Stack gap={4} maw="26rem">
          <Text size="sm">{say("field.other.text")}</Text>
          <code>{address}</code>
        </Stack>
      </Group>
    </section>
  );
}

function One({ of }: { of: Phone }): ReactNode {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { revoked } = of;
  const state = revoked === null ? "works" : revoked.wiped === null ? "revoked" : "wiped";
  async function revoke(): Promise<void> {
    try {
      await api.post(`/api/field/phones/${of.id}/revoke`);
      setAsks(false);
      await queries.invalidateQueries({ queryKey: ["phones"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Card withBorder padding="sm" data-phone={of.name}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} component="div">
          <bdi>{of.name}</bdi>
        </Text>
        <StateTag tone={state === "works" ? "good" : state === "revoked" ? "waiting" : "plain"}>
          {say(`field.state.${state}`)}
        </StateTag>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {of.officer.name} · {say("field.left")}: {words.number(of.left)} · {say("field.contact")}:{" "}
        {of.lastContact === null ? "–" : <TimeText at={of.lastContact} />}
      </Text>
      {revoked !== null && (
        <Text size="sm" component="div">
          {revoked.by} · <TimeText at={revoked.at} />
          {revoked.after > 0 && ` · ${say("field.after", { count: revoked.after })}`}
        </Text>
      )}
      {of.may.includes("revoke") && (
        <Group gap="xs" mt="xs" className="s-noprint">
          <Button size="compact-sm" variant="default" aria-expanded={asks} onClick={() => setAsks(!asks)}>
            {say("field.revoke")}
          </Button>
        </Group>
      )}
      {asks && (
        <Stack gap="xs" mt="xs" align="flex-start">
          <Text size="sm">{say("field.revoke.text")}</Text>
          <Button onClick={() => void revoke()}>{say("field.revoke.act", { name: of.name })}</Button>
        </Stack>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Card>
  );
}
