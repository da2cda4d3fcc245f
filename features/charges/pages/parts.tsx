// What pages of charges share: how one stands, in words and the same for everybody; one act at a time; its form.
import { Button, Group, Stack, Title } from "@mantine/core";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, StateTag, useQuery, useQueryClient, useWords } from "@simpul/doors/web";
import { regionStates } from "@simpul/model";
import type { LawByState } from "../../offences/contract.ts";
import type { ChargeHead, ChargeView } from "../contract.ts";

export type Shown = ChargeView & { names: Record<string, string> };

const tones = { prepared: "waiting", filed: "accent", ended: "plain", withdrawn: "plain" } as const;

export function State({ of }: { of: Pick<ChargeHead, "state" | "last"> }): ReactNode {
  const { say } = useWords();
  const word =
    of.last !== null && (of.state === "filed" || of.state === "ended")
      ? say(`charges.event.${of.last}`)
      : say(`charges.state.${of.state}`);
  return <StateTag tone={tones[of.state]}>{word}</StateTag>;
}

export const useLaw = () =>
  useQuery({
    queryKey: ["offences"],
    queryFn: ({ signal }) => api.get<LawByState>("/api/offences", { signal }),
    staleTime: 600_000,
  });

export const states: readonly string[] = regionStates;

export const nameOf = ({ text, romanised }: ChargeHead["name"]): string =>
  romanised === undefined || romanised === text ? text : `${text} · ${romanised}`;

export const today = (days = 0): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export interface Acting {
  busy: boolean;
  fault: unknown;
  /** True when it was done. */
  run: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** One call at a time; what was refused stands there. */
export function useAct(): Acting {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(call: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setFault(null);
    try {
      await call();
      for (const queryKey of [["charge"], ["outcome"], ["legal-gap"]])
        await queries.invalidateQueries({ queryKey });
      return true;
    } catch (no) {
      setFault(no);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, fault, run };
}

export const post = (id: string, path: string, body?: object): Promise<unknown> =>
  api.post(`/api/charges/${id}/${path}`, body);

/** A button that opens a form of its own; saved, it closes again. */
export function ActForm({
  label,
  whole,
  send,
  children,
  filled = false,
  small = false,
  saves,
  name = label,
}: {
  label: string;
  whole: boolean;
  send: () => Promise<unknown>;
  children: ReactNode;
  filled?: boolean;
  /** Beside a line, not at the end of a page. */
  small?: boolean;
  /** Where the same label stands more than once on a page. */
  name?: string;
  /** What the button says; else "Save". */
  saves?: string;
}): ReactNode {
  const { say } = useWords();
  const act = useAct();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div className="s-noprint">
        <Button
          variant={filled ? "filled" : "default"}
          size={small ? "xs" : "sm"}
          aria-label={name}
          onClick={() => setOpen(true)}
        >
          {label}
        </Button>
      </div>
    );
  return (
    <form
      className="s-noprint"
      // Among buttons in a row it takes the row.
      style={{ flexBasis: "100%" }}
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(send).then((done) => {
          if (done) setOpen(false);
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        {children}
        {act.fault !== null && <Problem fault={act.fault} kept={say("charges.kept")} />}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={act.busy} disabled={!whole}>
            {saves ?? say("charges.save")}
          </Button>
          <Button variant="subtle" onClick={() => setOpen(false)}>
            {say("charges.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {children}
      </Stack>
    </section>
  );
}
