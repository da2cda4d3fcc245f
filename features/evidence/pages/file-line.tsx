// One file on its way in: what is being done with it and how long it takes; when refused, what was kept and what to do.
import { Button, Group, Paper, Progress as Bar, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { Link, Problem, useTellProblem, useWords } from "@simpul/doors/web";
import { drop, leftOf, retry, type Work } from "./work.ts";

/** Refusals that the same bytes meet again: only another file helps. */
const hopeless = ["EMPTY_FILE", "FILE_TOO_LARGE", "ALREADY_IN_LIST", "DIGEST_DIFFERS", "FILE_UNREADABLE"];

export function FileLine({ work }: { work: Work }): ReactNode {
  const words = useWords();
  const { say } = words;
  const tellProblem = useTellProblem();
  const now = useSeconds(["hashing", "sending"].includes(work.step));
  const left = leftOf(work, now);
  const measured = ["hashing", "sending"].includes(work.step);
  const code = work.fault?.code ?? "";
  const done = Math.round(work.part * work.size);
  return (
    <Paper withBorder p="sm" className="e-file" data-step={work.step}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600} size="sm" component="div">
          {work.step === "sealed" ? (
            <Link to={`/evidence/${String(work.item)}`}>{work.name}</Link>
          ) : (
            work.name
          )}
        </Text>
        <Text size="sm" c="dimmed" className="s-time">
          {words.bytes(work.size)}
        </Text>
      </Group>
      {work.fault === null ? (
        <>
          <Text size="sm" role="status">
            {say(`evidence.step.${work.step}`)}
            {measured && ` · ${words.bytes(done)}`}
            {left !== null && ` · ${say("evidence.left", { length: words.duration(left * 1000) })}`}
          </Text>
          {measured && <Bar value={work.part * 100} aria-label={work.name} size="sm" mt={4} />}
        </>
      ) : (
        <Problem
          fault={work.fault}
          kept={say(
            work.item !== null && code !== "DIGEST_DIFFERS" ? "evidence.kept.begun" : "evidence.kept.nothing",
          )}
          {...(hopeless.includes(code) ? {} : { again: () => retry(work.key) })}
        />
      )}
      {work.digest !== null && (
        <details className="e-digest">
          <summary>{say("evidence.digest")}</summary>
          <code>SHA-256 {work.digest}</code>
        </details>
      )}
      {!["sealed", "sealing", "signing"].includes(work.step) && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void drop(work.key).catch(tellProblem)}
          aria-label={say("evidence.remove.of", { name: work.name })}
        >
          {say(work.step === "sending" ? "evidence.cancel" : "evidence.remove")}
        </Button>
      )}
    </Paper>
  );
}

/** The time, renewed every second while it matters. */
function useSeconds(on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
