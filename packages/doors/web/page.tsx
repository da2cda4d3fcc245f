// The head of a page: where I am, the one title, the act that comes next.
import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { useSession } from "./session.tsx";
import { useWords } from "./words.tsx";

/**
 * Every page begins with one. `act` is the next step: at the top on a desk, at the bottom within reach of the thumb
 * on a phone. `marks` (handling badge, shield, state) stand beside the title on every page alike.
 */
export function PageHead({
  title,
  windowTitle,
  back,
  marks,
  act,
}: {
  title: ReactNode;
  /** Of the browser's window, when `title` is no text. Never a name of a person: windows are seen by others. */
  windowTitle?: string;
  back?: { to: string; label: string };
  marks?: ReactNode;
  act?: ReactNode;
}): ReactNode {
  const { node } = useSession();
  const { say } = useWords();
  const name = windowTitle ?? (typeof title === "string" ? title : "Simpul");
  useDocumentTitle(`${node.exercise ? `${say("web.exercise")} · ` : ""}${name} · ${node.code.toUpperCase()}`);
  return (
    <header className="s-head">
      {back !== undefined && (
        <nav aria-label={say("web.back")} className="s-back">
          <Link to={back.to} quiet>
            ← {back.label}
          </Link>
        </nav>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" align="center">
          <Title order={1} size="h3">
            {title}
          </Title>
          {marks}
        </Group>
        {act !== undefined && <Group className="s-head-act">{act}</Group>}
      </Group>
    </header>
  );
}
