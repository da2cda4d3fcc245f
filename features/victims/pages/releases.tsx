// Letting a case know: field by field, with what its people will see; a second officer agrees; called back at any time.
import { Button, Card, Checkbox, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  Problem,
  StateTag,
  TextField,
  TimeText,
  api,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { releasable } from "../contract.ts";
import type { PersonView, Releasable, ReleaseView } from "../contract.ts";
import { Shown } from "./shown.tsx";

export function Releases({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md" pt="md">
      {view.releases.length === 0 && <Text>{say("victims.release.none")}</Text>}
      {view.releases.toReversed().map((one) => (
        <One key={one.id} person={view.id} release={one} />
      ))}
      <Guided by="victims.guide.release">
        <Ask view={view} />
      </Guided>
    </Stack>
  );
}

const tones = { asked: "waiting", made: "good", ended: "plain" } as const;

function One({ person, release }: { person: string; release: ReleaseView }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const act = (what: "agree" | "end", body: object): void =>
    void api
      .post(`/api/victims/people/${person}/releases/${release.id}/${what}`, body)
      .then(() => queries.invalidateQueries({ queryKey: ["victims"] }))
      .catch(setFault);
  return (
    <Card withBorder maw="44rem" component="section" aria-label={release.case}>
      <Stack gap="sm">
        <Group gap="sm">
          <Text fw={600} className="s-whole">
            {release.case}
          </Text>
          <StateTag tone={tones[release.state]}>{say(`victims.release.state.${release.state}`)}</StateTag>
          <Text size="sm" c="dimmed">
            <TimeText at={release.at} />
          </Text>
        </Group>
        <Text>{release.reason}</Text>
        <Shown fields={release.shown} />
        {release.testimonies.length > 0 && (
          <Text size="sm">{say("victims.release.testimonies", { count: release.testimonies.length })}</Text>
        )}
        {release.ended !== null && <Text>{release.ended}</Text>}
        {release.state === "asked" && release.by === officer.id && (
          <Text>{say("victims.release.second")}</Text>
        )}
        {release.state === "asked" && release.by !== officer.id && (
          <Group align="end">
            <TextField
              label={say("victims.release.type")}
              maxLength={20}
              value={typed}
              onChange={(next) => setTyped(next.toUpperCase())}
            />
            <Button
              disabled={!caseForm.test(typed.trim())}
              onClick={() => act("agree", { case: typed.trim() })}
            >
              {say("victims.release.agree")}
            </Button>
          </Group>
        )}
        {release.state !== "ended" && (
          <Group align="end">
            <TextField
              label={say("victims.release.why")}
              maxLength={500}
              value={reason}
              onChange={setReason}
            />
            <Button
              variant="default"
              disabled={reason.trim().length < 3}
              onClick={() => act("end", { reason })}
            >
              {say(release.state === "made" ? "victims.release.callBack" : "victims.release.drop")}
            </Button>
          </Group>
        )}
        {fault !== null && <Problem fault={fault} />}
      </Stack>
    </Card>
  );
}

const caseForm = /^[A-Z]{2}-\d{4}-\d{6}$/;

function Ask({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [number, setNumber] = useState("");
  const [fields, setFields] = useState<Releasable[]>([]);
  const [testimonies, setTestimonies] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const whole = view.testimonies.filter(({ sealedAt }) => sealedAt !== null);
  async function ask(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/victims/people/${view.id}/releases`, {
        case: number.trim(),
        fields,
        testimonies,
        reason,
      });
      await queries.invalidateQueries({ queryKey: ["victims"] });
      setNumber("");
      setFields([]);
      setTestimonies([]);
      setReason("");
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card withBorder maw="44rem">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Stack gap="md">
          <Title order={2} size="h4">
            {say("victims.release.ask")}
          </Title>
          <TextField
            label={say("victims.release.case")}
            hint={say("victims.release.case.hint", { reference: view.pseudonym })}
            required
            maxLength={20}
            value={number}
            onChange={(next) => setNumber(next.toUpperCase())}
          />
          <Checkbox.Group label={say("victims.release.what")} value={fields} onChange={setFields}>
            <Group gap="md" mt="xs">
              {releasable.map((one) => (
                <Checkbox key={one} value={one} label={say(`victims.release.${one}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          {whole.length > 0 && (
            <Checkbox.Group
              label={say("victims.tab.testimony")}
              value={testimonies}
              onChange={setTestimonies}
            >
              <Stack gap="xs" mt="xs">
                {whole.map((one) => (
                  <Checkbox key={one.id} value={one.id} label={one.name} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <TextField
            label={say("victims.release.why")}
            required
            maxLength={1000}
            value={reason}
            onChange={setReason}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              type="submit"
              loading={busy}
              disabled={!caseForm.test(number.trim()) || reason.trim() === ""}
            >
              {say("victims.release.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
