// One line of the board: which site, how it stands now, what was counted more; kept on the device before anything is sent.
import { Button, Chip, Group, Modal, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, NumberField, TickField, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { counted, siteStatuses, type AskEntry, type Counted, type SiteStatus } from "../contract.ts";

interface Said {
  status: SiteStatus | null;
  counts: Partial<Record<Counted, number | null>>;
  back: boolean;
  text: string;
}

export function Line({
  sites,
  at,
  add,
  close,
}: {
  sites: readonly { id: Id; label: string }[];
  /** The site it begins with; empty for the operation as a whole. */
  at: Id | "";
  add: (line: AskEntry) => void;
  close: () => void;
}): ReactNode {
  const { say } = useWords();
  const phone = useMediaQuery("(max-width: 37.5em)");
  const [site, setSite] = useState<Id | "">(at);
  const [said, setSaid] = useState<Said>({ status: null, counts: {}, back: false, text: "" });
  const set = (to: Partial<Said>): void => setSaid((before) => ({ ...before, ...to }));
  const some = counted.some((one) => (said.counts[one] ?? 0) > 0);
  const empty = said.status === null && said.text.trim() === "" && !some;
  const count = (one: Counted): number => (said.counts[one] ?? 0) * (said.back ? -1 : 1);
  function write(): void {
    add({
      ...{ id: crypto.randomUUID() as Id, site: site === "" ? null : site, at: new Date().toISOString() },
      ...{ status: site === "" ? null : said.status, text: said.text.trim() },
      counts: { checks: count("checks"), met: count("met"), items: count("items") },
    });
    close();
  }
  return (
    <Modal
      opened
      onClose={close}
      title={say("operations.entry.new")}
      fullScreen={phone}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write();
        }}
      >
        <Stack gap="md">
          <Choices
            label={say("operations.entry.site")}
            value={site}
            of={[
              ...sites.map(({ id, label }) => [id, label] as const),
              ["", say("operations.entry.whole")] as const,
            ]}
            onChange={(to) => setSite(to as Id | "")}
          />
          {site !== "" && (
            <Choices
              label={say("operations.entry.status")}
              value={said.status ?? ""}
              of={siteStatuses.map((one) => [one, say(`operations.status.${one}`)] as const)}
              onChange={(to) => set({ status: to === said.status ? null : (to as SiteStatus) })}
            />
          )}
          <div className="op-tally">
            {counted.map((one) => (
              <NumberField
                key={one}
                label={say(`operations.tally.${one}`)}
                min={0}
                max={9999}
                value={said.counts[one] ?? null}
                onChange={(to) =>
                  set({ counts: { ...said.counts, [one]: to === null ? null : Math.trunc(to) } })
                }
              />
            ))}
          </div>
          {some && (
            <TickField
              label={say("operations.entry.back")}
              value={said.back}
              onChange={(back) => set({ back })}
            />
          )}
          <LongTextField
            label={say("operations.entry.text")}
            hint={say("operations.entry.hint")}
            rows={2}
            maxLength={500}
            value={said.text}
            onChange={(text) => set({ text })}
          />
          <Group>
            <Button type="submit" size="md" fullWidth={phone} disabled={empty}>
              {say("operations.entry.keep")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** One of few, each large enough for a thumb. */
function Choices({
  label,
  value,
  of,
  onChange,
}: {
  label: string;
  value: string;
  of: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <fieldset className="op-rows">
      <legend>{label}</legend>
      <Group gap="xs" mt={4}>
        {of.map(([one, word]) => (
          <Chip
            key={one}
            type="radio"
            size="md"
            name={label}
            checked={one === value}
            onChange={() => onChange(one)}
          >
            {word}
          </Chip>
        ))}
      </Group>
    </fieldset>
  );
}
