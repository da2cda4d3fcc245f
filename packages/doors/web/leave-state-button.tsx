// The only red button: something is about to leave the state, and she sees exactly what they will see.
import { Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField } from "./fields.tsx";
import { Problem } from "./notices.tsx";
import { useWords } from "./words.tsx";

/**
 * Opens a preview with recipients, codes and who approves, asks for a typed reason, then calls `onLeave(reason)`.
 * The node asks for step-up by itself when the act needs it. `reasonNeeded: false` only where the record holds one.
 */
export function LeaveStateButton({
  label,
  preview,
  recipients,
  codes,
  approves,
  reasonNeeded = true,
  disabled,
  asks,
  answered = true,
  onLeave,
}: {
  /** What happens, e.g. "Send to Cambodia". */
  label: string;
  /** Exactly what they will see. */
  preview: ReactNode;
  /** States and desks, in words. */
  recipients: readonly string[];
  codes: ReactNode;
  /** Who approves, in words. */
  approves: string;
  reasonNeeded?: boolean;
  disabled?: boolean;
  /** What else is asked before it leaves, and whether that was answered. */
  asks?: ReactNode;
  answered?: boolean;
  onLeave: (reason: string) => Promise<void>;
}): ReactNode {
  const { say, list } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const ready = !reasonNeeded || reason.trim().length >= 3;

  async function leave(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await onLeave(reason.trim());
      setOpen(false);
      setReason("");
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button className="s-leave" disabled={disabled ?? false} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={label}
        size="lg"
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        <Stack gap="md">
          <dl className="s-answers">
            <div>
              <dt>{say("web.leave.to")}</dt>
              <dd>{list(recipients)}</dd>
            </div>
            <div>
              <dt>{say("web.leave.codes")}</dt>
              <dd>{codes}</dd>
            </div>
            <div>
              <dt>{say("web.leave.approves")}</dt>
              <dd>{approves}</dd>
            </div>
          </dl>
          <section>
            <Title order={3} size="h6" mb={4}>
              {say("web.leave.preview")}
            </Title>
            {/* It scrolls, so the keyboard must reach it. */}
            <div className="s-preview" tabIndex={0} role="region" aria-label={say("web.leave.preview")}>
              {preview}
            </div>
          </section>
          {asks}
          {reasonNeeded && (
            <LongTextField
              label={say("web.leave.reason")}
              hint={say("web.leave.reasonHint")}
              value={reason}
              onChange={setReason}
              rows={2}
              maxLength={2000}
              required
            />
          )}
          {fault !== null && <Problem fault={fault} kept={say("web.leave.kept")} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {say("web.cancel")}
            </Button>
            <Button
              className="s-leave"
              disabled={!ready || !answered}
              loading={busy}
              onClick={() => void leave()}
            >
              {label}
            </Button>
          </Group>
          {!ready && (
            <Text size="sm" c="dimmed" ta="right">
              {say("web.leave.needsReason")}
            </Text>
          )}
        </Stack>
      </Modal>
    </>
  );
}
