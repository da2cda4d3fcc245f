// What a page says when it is empty, at work, or was refused.
import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  Loader,
  Progress as Bar,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import type { ReactNode } from "react";
import { Refused } from "./api.ts";
import { LinkButton } from "./link.tsx";
import { useWords } from "./words.tsx";

/** An empty room: what it is for, and the first act. */
export function Empty({
  title,
  children,
  act,
  order = 2,
}: {
  title: string;
  /** 1 where it is all that the page has. */
  order?: 1 | 2;
  children?: ReactNode;
  act?: ReactNode;
}): ReactNode {
  return (
    <Stack gap="xs" align="flex-start" className="s-empty">
      <Title order={order} size="h4">
        {title}
      </Title>
      {children !== undefined && (
        <Text maw="38rem" component="div">
          {children}
        </Text>
      )}
      {act}
    </Stack>
  );
}

/** A refusal's words: `problem.<CODE>`, or what any fault says. Facts of the refusal fill its braces. */
export function useProblemWords(): (fault: unknown) => { what: string; todo: string; reference: string } {
  const words = useWords();
  return (fault) => {
    const refused = fault instanceof Refused ? fault : null;
    const code = refused?.code ?? "FAULT";
    return {
      what: words.sayOne([`problem.${code}`, "problem.FAULT"], refused?.facts) ?? code,
      todo: words.sayOne([`problem.${code}.todo`, "problem.todo"], refused?.facts) ?? "",
      reference: refused?.reference ?? "",
    };
  };
}

/** What happened, what was kept, what to do, and a reference to quote. */
export function Problem({
  fault,
  kept,
  again,
}: {
  fault: unknown;
  /** What of the officer's work is safe, in words. */
  kept?: string;
  again?: () => void;
}): ReactNode {
  const { say } = useWords();
  const { what, todo, reference } = useProblemWords()(fault);
  return (
    <Alert className="s-problem" title={what} role="alert" variant="default">
      <Stack gap="xs" align="flex-start">
        {kept !== undefined && <Text size="sm">{kept}</Text>}
        <Text size="sm">{todo}</Text>
        <Group gap="sm">
          {again !== undefined && (
            <Button variant="default" size="xs" onClick={again}>
              {say("web.again")}
            </Button>
          )}
          {reference !== "" && (
            <CopyButton value={reference}>
              {({ copied, copy }) => (
                <Button variant="subtle" size="xs" onClick={copy}>
                  {copied ? say("web.copied") : say("web.reference")} <Code ml={6}>{reference}</Code>
                </Button>
              )}
            </CopyButton>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** The page that a missing or hidden record answers with; the two look the same. */
export function NotFound({ back }: { back?: string }): ReactNode {
  const { say } = useWords();
  return (
    <Empty
      order={1}
      title={say("web.notFound.title")}
      act={
        <LinkButton to={back ?? "/"} variant="default">
          {say("web.notFound.back")}
        </LinkButton>
      }
    >
      {say("web.notFound.text")}
    </Empty>
  );
}

/** Work that takes time: what is being done, how far it is; `part` from 0 to 1, null when nobody knows. */
export function Progress({
  says,
  part,
  detail,
}: {
  says: string;
  part: number | null;
  detail?: ReactNode;
}): ReactNode {
  return (
    <Stack gap={4} role="status">
      <Group gap="xs" wrap="nowrap">
        {part === null && <Loader size="xs" aria-hidden />}
        <Text size="sm">{says}</Text>
        {detail !== undefined && (
          <Text size="sm" c="dimmed">
            {detail}
          </Text>
        )}
      </Group>
      {part !== null && <Bar value={part * 100} aria-label={says} size="sm" />}
    </Stack>
  );
}

/** What a query shows before its answer: waiting, refused (a hidden record as "not found"), or the page. */
export function Awaited<T>({
  query,
  back,
  children,
}: {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  back?: string;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { say } = useWords();
  if (query.data !== undefined) return children(query.data);
  if (query.error instanceof Refused && query.error.status === 404)
    return <NotFound {...(back === undefined ? {} : { back })} />;
  if (query.error) return <Problem fault={query.error} again={() => void query.refetch()} />;
  return <Progress says={say("web.loading")} part={null} />;
}
