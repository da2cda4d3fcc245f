// Taking in: drop files or paste text; each shows what is being done with it, here and in the tray.
import { Button, FileButton, Paper, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { DragEvent, ReactNode } from "react";
import { Link, PageHead, Refused, track, useProblemWords, useSession, useWords } from "@simpul/doors/web";
import { takeIn, type Step } from "./send.ts";

interface Line {
  key: string;
  name: string;
  step: Step | "failed";
  part: number;
  item?: string;
  says?: string;
}

let serial = 0;

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const problem = useProblemWords();
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [text, setText] = useState("");

  const take = async (file: Blob, name: string, pasted: boolean): Promise<void> => {
    serial += 1;
    const key = `evidence-${serial}`;
    const put = (line: Omit<Line, "key" | "name">): void => {
      setLines((all) => [...all.filter((one) => one.key !== key), { key, name, ...line }]);
      const state = line.step === "sealed" ? "done" : line.step === "failed" ? "failed" : "running";
      const to = line.item === undefined ? "/evidence/take-in" : `/evidence/${line.item}`;
      track({ id: key, says: `${name}: ${say(`evidence.step.${line.step}`)}`, part: line.part, state, to });
    };
    try {
      const item = await takeIn(file, { name, pasted, officer: officer.name }, (step, part) => {
        put({ step, part });
      });
      put({ step: "sealed", part: 1, item });
    } catch (fault) {
      // A refusal of the node, or one that was clear before anything was sent.
      const known =
        fault instanceof Refused || !(fault instanceof Error) ? fault : new Refused(0, fault.message);
      const { what, todo } = problem(known);
      put({ step: "failed", part: 1, says: `${what} ${todo}` });
    }
  };
  const takeAll = async (files: readonly File[]): Promise<void> => {
    for (const file of files) await take(file, file.name, false);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void takeAll([...event.dataTransfer.files]);
  };

  return (
    <>
      <PageHead title={say("evidence.take-in")} back={{ to: "/evidence", label: say("evidence.room") }} />
      <Stack maw="46rem">
        <Paper
          withBorder
          p="xl"
          onDragOver={(event) => {
            event.preventDefault();
          }}
          onDrop={drop}
        >
          <Stack align="center">
            <Text>{say("evidence.drop")}</Text>
            <FileButton multiple onChange={(files) => void takeAll(files)}>
              {(props) => <Button {...props}>{say("evidence.choose")}</Button>}
            </FileButton>
          </Stack>
        </Paper>
        <Textarea
          label={say("evidence.paste")}
          autosize
          minRows={3}
          maxRows={14}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <Button
          variant="default"
          disabled={text.trim() === ""}
          onClick={() => {
            void take(new Blob([text]), "pasted.txt", true);
            setText("");
          }}
        >
          {say("evidence.paste.take")}
        </Button>
        {lines.map((line) => (
          <Paper key={line.key} withBorder p="sm" role="status">
            <Text fw={600}>
              {line.item === undefined ? line.name : <Link to={`/evidence/${line.item}`}>{line.name}</Link>}
            </Text>
            <Text size="sm">{line.says ?? say(`evidence.step.${line.step}`)}</Text>
            <Progress value={line.part * 100} aria-label={line.name} />
          </Paper>
        ))}
      </Stack>
    </>
  );
}
