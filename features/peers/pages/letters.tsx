// A line's letters that did not arrive, and those that we refused: why, since when, what to do. Never what they say.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  DataTable,
  Empty,
  needsRole,
  StateTag,
  tell,
  TimeText,
  useMay,
  useQueryClient,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import type { Letters, LetterView, RefusedView } from "../contract.ts";
import { topic, useErrorWords } from "./parts.tsx";

const ask = (code: string, signal: AbortSignal): Promise<Letters> =>
  api.get<Letters>(`/api/peers/${code}/letters`, { signal });

const tones = { waiting: "waiting", sending: "waiting", refused: "bad", dead: "bad", lost: "plain" } as const;
const triable = (row: LetterView): boolean =>
  (row.state === "dead" || row.state === "refused") && row.again === null;

export function OutgoingLetters({ code }: { code: string }): ReactNode {
  const { say, state, number } = useWords();
  const error = useErrorWords();
  const manages = useMay(needsRole("administrator"));
  const queries = useQueryClient();
  const refused = useTellProblem();
  const standing = (row: LetterView): string =>
    say(row.again === null ? `peers.letter.${row.state}` : "peers.letter.again");

  async function again(rows: readonly LetterView[]): Promise<void> {
    try {
      for (const row of rows.filter(triable)) await api.post(`/api/peers/${code}/letters/${row.id}/again`);
      tell(say("peers.letter.tried", { count: rows.length }));
    } catch (no) {
      refused(no);
    }
    await queries.invalidateQueries({ queryKey: [topic] });
  }
  return (
    <DataTable<LetterView>
      name="peer-letters"
      label={say("peers.letters.out", { state: state(code) })}
      topic={topic}
      depends={[code]}
      load={async (query, signal) => {
        const { outgoing } = await ask(code, signal);
        const only = query.filters["letter"];
        const rows = outgoing.filter(
          (row) => only === undefined || (only === "waiting" ? !triable(row) : triable(row)),
        );
        return { rows, next: null, total: rows.length };
      }}
      rowId={(row) => row.id}
      rowName={(row) => row.kind}
      peek={(row) => <Peek letter={row} />}
      filters={[
        {
          id: "letter",
          label: say("peers.letter.state"),
          choices: ["waiting", "dead"].map((one) => ({ value: one, label: say(`peers.letter.${one}`) })),
        },
      ]}
      columns={[
        {
          id: "kind",
          label: say("peers.letter.kind"),
          main: true,
          cell: (row) => row.kind,
          text: (row) => row.kind,
        },
        {
          id: "state",
          label: say("peers.letter.state"),
          cell: (row) => (
            <StateTag tone={row.again === null ? tones[row.state] : "plain"}>{standing(row)}</StateTag>
          ),
          text: standing,
        },
        {
          id: "since",
          label: say("peers.letter.since"),
          cell: (row) => <TimeText at={row.since} ago />,
          text: (row) => row.since,
        },
        {
          id: "tries",
          label: say("peers.letter.tries"),
          numeric: true,
          cell: (row) => number(row.tries),
          text: (row) => String(row.tries),
        },
        {
          id: "error",
          label: say("peers.letter.error"),
          cell: (row) => error(row.code, row.detail),
          text: (row) => error(row.code, row.detail),
        },
        {
          id: "code",
          label: say("peers.letter.code"),
          rare: true,
          cell: (row) => row.code ?? "",
          text: (row) => row.code ?? "",
        },
        { id: "id", label: say("peers.letter.id"), rare: true, cell: (row) => row.id, text: (row) => row.id },
      ]}
      {...(manages
        ? {
            acts: [
              {
                key: "a",
                label: say("peers.letter.tryAgain"),
                may: (rows: readonly LetterView[]) => rows.some(triable),
                do: again,
              },
            ],
          }
        : {})}
      empty={<Empty title={say("peers.letters.none.title")}>{say("peers.letters.none.text")}</Empty>}
    />
  );
}

function Peek({ letter }: { letter: LetterView }): ReactNode {
  const { say, number } = useWords();
  const error = useErrorWords();
  const rows: [string, ReactNode][] = [
    [say("peers.letter.id"), letter.id],
    [say("peers.letter.since"), <TimeText key="since" at={letter.since} />],
    [say("peers.letter.tries"), number(letter.tries)],
    [say("peers.letter.next"), <TimeText key="next" at={letter.nextTry} />],
    [
      say("peers.letter.number"),
      letter.sequence === null ? say("peers.letter.noNumber") : number(letter.sequence),
    ],
    [say("peers.letter.files"), number(letter.files)],
  ];
  return (
    <Stack gap="sm">
      {letter.code !== null && <Text size="sm">{error(letter.code, letter.detail)}</Text>}
      {letter.again !== null && <Text size="sm">{say("peers.letter.againText")}</Text>}
      {triable(letter) && (
        <Text size="sm" c="dimmed">
          {say(letter.sequence === null ? "peers.letter.same" : "peers.letter.fresh")}
        </Text>
      )}
      <dl className="s-answers">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}

export function RefusedLetters({ code }: { code: string }): ReactNode {
  const { say, state, number } = useWords();
  const error = useErrorWords();
  return (
    <DataTable<RefusedView>
      name="peer-refused"
      label={say("peers.letters.in", { state: state(code) })}
      topic={topic}
      depends={[code]}
      load={async (_query, signal) => {
        const { refused } = await ask(code, signal);
        return { rows: refused, next: null, total: refused.length };
      }}
      rowId={(row) => row.id}
      rowName={(row) => row.kind ?? row.id}
      columns={[
        {
          id: "kind",
          label: say("peers.letter.kind"),
          main: true,
          cell: (row) => row.kind ?? say("peers.letter.unread"),
          text: (row) => row.kind ?? "",
        },
        {
          id: "at",
          label: say("peers.letter.at"),
          cell: (row) => <TimeText at={row.at} />,
          text: (row) => row.at,
        },
        {
          id: "number",
          label: say("peers.letter.number"),
          numeric: true,
          cell: (row) => number(row.sequence),
          text: (row) => String(row.sequence),
        },
        {
          id: "why",
          label: say("peers.letter.why"),
          cell: (row) => error(row.code),
          text: (row) => error(row.code),
        },
        {
          id: "code",
          label: say("peers.letter.code"),
          rare: true,
          cell: (row) => row.code,
          text: (row) => row.code,
        },
      ]}
      empty={<Empty title={say("peers.letters.fine.title")}>{say("peers.letters.fine.text")}</Empty>}
    />
  );
}
