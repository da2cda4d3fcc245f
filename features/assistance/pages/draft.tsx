// The draft: sections of fields, saved as she writes, with the checker beside them.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Problem, api, tell, useGo, useWords } from "@simpul/doors/web";
import type { Codes, Form } from "../contract.ts";
import { check, errorsIn, rulesFor, sections, typeOf } from "../rules.ts";
import { Findings, LeftOutList, toField } from "./checklist.tsx";
import { useChoices, useFresh, type View } from "./data.ts";
import { Field } from "./fields.tsx";
import { Records } from "./records.tsx";
import { Rests } from "./rests.tsx";

/** Saves a moment after the last change, one save at a time, each with the version it was read in. */
function useSaving(view: View): {
  form: Form;
  set: (change: Partial<Form>) => void;
  says: string;
  fault: unknown;
  settle: () => Promise<boolean>;
} {
  const words = useWords();
  const [form, setForm] = useState<Form>(view.form);
  const [says, setSays] = useState(words.say("assistance.savedBefore"));
  const [fault, setFault] = useState<unknown>(null);
  const latest = useRef(form);
  const version = useRef(view.version);
  const saved = useRef(form);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  async function save(): Promise<boolean> {
    if (running.current !== null) await running.current;
    if (saved.current === latest.current) return true;
    running.current = (async () => {
      const what = latest.current;
      try {
        const got = await api.put<{ version: number }>(`/api/assistance/${view.id}`, {
          form: what,
          version: version.current,
        });
        version.current = got.version;
        saved.current = what;
        setFault(null);
        setSays(words.say("assistance.saved", { time: words.minute(new Date()) }));
        return true;
      } catch (no) {
        setFault(no);
        setSays(words.say("assistance.unsaved"));
        return false;
      } finally {
        running.current = null;
      }
    })();
    return running.current;
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      void save();
    },
    // Once, when she leaves the page: what was typed last is kept.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  return {
    form,
    says,
    fault,
    set(change) {
      const next = { ...latest.current, ...change };
      latest.current = next;
      setForm(next);
      setSays(words.say("assistance.saving"));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), 900);
    },
    settle() {
      clearTimeout(timer.current);
      return save();
    },
  };
}

export function Draft({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const { form, set, says, fault, settle } = useSaving(view);
  const [refused, setRefused] = useState<unknown>(null);
  const type = typeOf(codes, form.type)!;
  const rules = rulesFor(codes, view.peer);
  const choices = useChoices(view.case?.number ?? "", view.peer);
  const named = new Set([...form.records, ...form.items].map((one) => one.id));
  const { records = [], items = [] } = choices.data ?? {};
  const stopped = [...records, ...items].filter((one) => one.stop !== null && named.has(one.id)).length;
  const today = new Date().toISOString().slice(0, 10);
  // Whether a charge was filed is the node's to know; all else is looked at while she writes.
  const charged = !view.findings.some((one) => one.code === "not-charged");
  const conditions = form.type === "extradition" ? codes.extradition : null;
  const findings = useMemo(() => {
    const sought = conditions === null ? null : { conditions, charged };
    return check({ form, type, rules, stopped, enquired: view.fromRequest !== null, sought, today });
  }, [form, type, rules, stopped, view.fromRequest, conditions, charged, today]);
  const errors = errorsIn(findings);
  const copied = view.fromRequest !== null;

  async function act(step: "submit" | "withdraw"): Promise<void> {
    setRefused(null);
    if (!(await settle())) return;
    try {
      await api.post(`/api/assistance/${view.id}/steps`, { step, text: "" });
      await fresh();
      if (step === "withdraw") go("/assistance");
      else tell(say(`assistance.submitted.${view.kind}`));
    } catch (no) {
      setRefused(no);
    }
  }
  const first = errors[0];
  return (
    <div className="a-sides">
      <Stack gap="xl">
        {sections.map(({ id, [view.kind]: fields }) => (
          <section key={id} aria-labelledby={`s-${id}`}>
            <Title order={2} size="h4" id={`s-${id}`} mb="sm">
              {say(`assistance.section.${id}`)}
            </Title>
            <Stack gap="md">
              {fields.map((field) =>
                field === "special" ? (
                  type.special.map((one) => (
                    <Field
                      key={one.name}
                      name={`special.${one.name}`}
                      special={one}
                      {...{ form, set, codes, rules, type, copied }}
                    />
                  ))
                ) : field === "records" || field === "items" ? (
                  <Records key={field} {...{ field, form, set, choices }} />
                ) : (
                  <Field
                    key={field}
                    name={field}
                    special={null}
                    {...{ form, set, codes, rules, type, copied }}
                  />
                ),
              )}
            </Stack>
          </section>
        ))}
        {refused !== null && <Problem fault={refused} />}
        <Group className="s-acts">
          <Button
            onClick={() => {
              if (first === undefined) void act("submit");
              else if (first.field !== null) toField(first.field);
            }}
          >
            {first === undefined ? say(`assistance.submit.${view.kind}`) : say("assistance.toFirst")}
          </Button>
          <Button variant="default" onClick={() => void act("withdraw")}>
            {say("assistance.drop")}
          </Button>
        </Group>
      </Stack>
      <Stack gap="lg" component="aside" aria-label={say("assistance.checklist")} className="a-beside">
        <Text size="sm" c="dimmed" role="status">
          {says}
        </Text>
        {fault !== null && <Problem fault={fault} />}
        <Findings of={findings} jump />
        <Rests codes={codes} form={form} />
        <LeftOutList of={view.leftOut} caseRef={view.case?.number ?? ""} to={view.peer} />
      </Stack>
    </div>
  );
}
