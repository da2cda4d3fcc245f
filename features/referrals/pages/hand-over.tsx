// Handing her over to another state's victim desk, by name and with her whole file, on her own word (VIC-4).
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  Guided,
  LeaveStateButton,
  PageHead,
  TickField,
  api,
  useGo,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { useDirectory, useFresh, useLists, useSharing, type PersonSharing } from "./data.ts";
import { MovedAway } from "../../victims/contract/moved-away.tsx";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const sharing = useSharing(id);
  return (
    <Gate>
      <Awaited query={sharing} back="/victims">
        {(view) => (
          <>
            <PageHead
              title={say("referrals.handOver")}
              back={{
                to: `/referrals/people/${id}`,
                label: say("referrals.sharingOf", { who: view.person.pseudonym }),
              }}
            />
            {view.owner === null ? <Form view={view} /> : <MovedAway id={id} to={view.owner} />}
          </>
        )}
      </Awaited>
    </Gate>
  );
}

function Form({ view }: { view: PersonSharing }): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const directory = useDirectory();
  const lists = useLists();
  const [share] = useState(() => crypto.randomUUID());
  const [to, setTo] = useState<string | null>(null);
  const [unnamed, setUnnamed] = useState(false);
  async function send(): Promise<void> {
    await api.post(`/api/referrals/people/${view.person.id}/transfer`, { share, to, unnamed });
    await fresh();
    go(`/referrals/${share}`);
  }
  return (
    <Awaited query={directory}>
      {({ states }) =>
        states.length === 0 ? (
          <Empty title={say("referrals.noDesks")}>{say("referrals.noDesks.text")}</Empty>
        ) : (
          <Guided by="referrals.handOver.text">
            <Stack gap="lg" maw="40rem">
              <ChoiceField
                label={say("referrals.recipient")}
                required
                value={to}
                choices={states.map((one) => ({
                  value: one,
                  label: say("referrals.deskOf", { state: state(one) }),
                }))}
                onChange={setTo}
              />
              {!view.named && (
                <TickField label={say("referrals.unnamed")} value={unnamed} onChange={setUnnamed} />
              )}
              <Text size="sm" c="dimmed">
                {say("referrals.clock", { count: lists.data?.terms.hours["transfer"]?.hours ?? 72 })}
              </Text>
              <div className="s-acts">
                <LeaveStateButton
                  label={say("referrals.handOver.do")}
                  preview={<Text>{say("referrals.handOver.preview", { who: view.person.pseudonym })}</Text>}
                  recipients={to === null ? [] : [say("referrals.deskOf", { state: state(to) })]}
                  codes={null}
                  approves={say("referrals.approves")}
                  reasonNeeded={false}
                  disabled={to === null || (!view.named && !unnamed)}
                  onLeave={send}
                />
              </div>
            </Stack>
          </Guided>
        )
      }
    </Awaited>
  );
}
