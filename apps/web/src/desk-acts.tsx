// Above the page where a desk's work begins: what it does most, one step away.
import { Group } from "@mantine/core";
import { LinkButton, usePath, useRooms, useSession, useWords } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";
import type { ReactNode } from "react";
import { actsFor, firstRoom, workFor } from "./desks.ts";

export function DeskActs({ rooms }: { rooms: readonly Room[] }): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const path = usePath();
  const first = firstRoom(session, useRooms(rooms, workFor(session).rooms));
  const acts = path === first?.path ? actsFor(session, rooms, path) : [];
  if (acts.length === 0) return null;
  return (
    <Group component="nav" gap="xs" mb="md" className="s-noprint" aria-label={say("web.deskActs")}>
      {acts.map((one) => (
        <LinkButton key={one.id} to={one.to} size="compact-sm" variant="default">
          {say(one.words)}
        </LinkButton>
      ))}
    </Group>
  );
}
