// The way in: a passkey, a one-time code for the first one, or in an exercise one click on an officer.
import {
  Alert,
  Anchor,
  Button,
  Card,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { localeFacts, locales } from "@simpul/doors/i18n";
import { api, fetched, NameText, Problem, Refused, useWords } from "@simpul/doors/web";
import type { SignInProps } from "@simpul/doors/web";
import type { ExerciseOfficer } from "../contract.ts";
import { enrolByCode, signInByPasskey, thisDevice, wasCancelled } from "./passkey.tsx";

// A first passkey is made once; the door need not carry the field for it.
const Enrol = fetched(async () => (await import("./enrol.tsx")).Enrol);

export function Page({ node, onSignedIn, onLanguage }: SignInProps): ReactNode {
  const { say, locale, state } = useWords();
  const [busy, setBusy] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(refusedByProvider);
  const [enrolling, setEnrolling] = useState(false);
  useEffect(() => {
    document.title = `${node.exercise ? `${say("web.exercise")} · ` : ""}Simpul · ${node.code.toUpperCase()}`;
  }, [node, say]);

  async function enter(who: string, by: () => Promise<void>): Promise<void> {
    setBusy(who);
    setFault(null);
    try {
      await by();
      onSignedIn();
    } catch (no) {
      if (!wasCancelled(no)) setFault(no);
    } finally {
      setBusy(null);
    }
  }

  return (
    <main className="s-main" id="main">
      <Stack gap="lg" maw="62rem" mx="auto" py="md">
        {node.exercise && (
          <div className="s-exercise">
            <b>{say("web.exercise")}</b>
            <span>{say("web.exerciseText")}</span>
          </div>
        )}
        <Group justify="space-between" align="flex-end">
          <div>
            <Text size="sm" c="dimmed" fw={600}>
              Simpul
            </Text>
            <Title order={1}>{state(node.code)}</Title>
          </div>
          <NativeSelect
            aria-label={say("web.me.language")}
            value={locale}
            data={locales.map((one) => ({ value: one, label: localeFacts[one].name }))}
            onChange={(event) => onLanguage(event.currentTarget.value)}
          />
        </Group>
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button
            size="md"
            loading={busy === "passkey"}
            onClick={() => void enter("passkey", signInByPasskey)}
          >
            {say("access.signIn.passkey")}
          </Button>
          {node.provider !== null && (
            <Button
              size="md"
              variant="default"
              loading={busy === "provider"}
              onClick={() => void away(setBusy, setFault)}
            >
              {say("access.signIn.provider", { name: node.provider })}
            </Button>
          )}
          <Button variant="subtle" onClick={() => setEnrolling(!enrolling)} aria-expanded={enrolling}>
            {say("access.signIn.haveCode")}
          </Button>
          {/* For everybody who was offered work, before and without signing in. */}
          <Anchor href="/offer">{say("access.signIn.offer")}</Anchor>
        </Group>
        {enrolling && (
          <Enrol
            busy={busy === "enrol"}
            onCode={(code) => void enter("enrol", () => enrolByCode(code, thisDevice()))}
          />
        )}
        {node.exercise && (
          <Officers
            busy={busy}
            onChoose={(officer) =>
              void enter(officer.membership, () =>
                api.post("/api/access/exercise/sign-in", {
                  officer: officer.id,
                  membership: officer.membership,
                }),
              )
            }
          />
        )}
      </Stack>
    </main>
  );
}

/** What the way back from the provider says was wrong. */
function refusedByProvider(): Refused | null {
  const code = new URLSearchParams(window.location.search).get("refused");
  return code === null || !/^[A-Z_]{3,40}$/.test(code) ? null : new Refused(403, code);
}

/** Off to the provider's own page. */
async function away(busy: (who: string | null) => void, fault: (no: unknown) => void): Promise<void> {
  busy("provider");
  fault(null);
  try {
    const { url } = await api.post<{ url: string }>("/api/access/provider/begin");
    window.location.assign(url);
  } catch (no) {
    fault(no);
    busy(null);
  }
}

function Officers({
  busy,
  onChoose,
}: {
  busy: string | null;
  onChoose: (officer: ExerciseOfficer) => void;
}): ReactNode {
  const { say } = useWords();
  const [officers, setOfficers] = useState<ExerciseOfficer[] | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => {
    api.get<ExerciseOfficer[]>("/api/access/exercise/officers").then(setOfficers, setFault);
  }, []);
  if (fault !== null) return <Problem fault={fault} />;
  const agencies = new Map<string, ExerciseOfficer[]>();
  for (const officer of officers ?? [])
    agencies.set(officer.agency.id, [...(agencies.get(officer.agency.id) ?? []), officer]);
  return (
    <section aria-labelledby="s-play">
      <Stack gap="md">
        <Alert variant="default" title={<span id="s-play">{say("access.exercise.title")}</span>}>
          {say("access.exercise.text")}
        </Alert>
        {[...agencies.values()].map((members) => {
          const { agency } = members[0]!;
          return (
            <section key={agency.id} aria-label={agency.name}>
              <Group gap="xs" mb={6}>
                <Title order={2} size="h5">
                  <NameText text={agency.name} romanised={agency.nameLatin} />
                </Title>
                <Text size="sm" c="dimmed">
                  {say(`access.kind.${agency.kind}`)}
                </Text>
              </Group>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
                {members.map((officer) => (
                  <UnstyledButton
                    key={officer.membership}
                    onClick={() => onChoose(officer)}
                    disabled={busy !== null}
                    data-officer={officer.number}
                  >
                    <Card withBorder padding="sm" h="100%">
                      <Text fw={600} component="div">
                        <NameText text={officer.name} romanised={officer.nameLatin} />
                      </Text>
                      <Text size="sm">{officer.roles.map((role) => say(`role.${role}`)).join(" · ")}</Text>
                      <Text size="sm" c="dimmed">
                        {officer.desk.name}
                      </Text>
                    </Card>
                  </UnstyledButton>
                ))}
              </SimpleGrid>
            </section>
          );
        })}
      </Stack>
    </section>
  );
}
