// The frame around every page: rooms on the left, where I am at the top, the page in the middle.
import { Drawer, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useGo, usePath } from "../address.ts";
import { useLine } from "../connection.ts";
import { icons } from "../icons.tsx";
import { useKeys } from "../keys.ts";
import { useLink } from "../link.tsx";
import { listenLive } from "../live.ts";
import type { Room } from "../room.ts";
import { PaperHead } from "../paper.tsx";
import { useSession } from "../session.tsx";
import { useWords } from "../words.tsx";
import { Besides } from "./besides.tsx";
import { HelpSheet } from "./help-sheet.tsx";
import { openPalette, Palette } from "./palette.tsx";
import { TopBar } from "./top-bar.tsx";

/** Rooms that this officer may enter: those of her desk's own work first, by their ids, then in the order of work. */
export function useRooms(rooms: readonly Room[], own: readonly string[]): Room[] {
  const session = useSession();
  const place = (room: Room): number => (own.includes(room.id) ? own.indexOf(room.id) : own.length);
  return rooms
    .filter((room) => room.nav !== undefined && (room.needs?.(session) ?? true))
    .sort((a, b) => place(a) - place(b) || a.nav!.order - b.nav!.order);
}

export function Frame({
  rooms,
  own,
  children,
}: {
  rooms: readonly Room[];
  /** Ids of the rooms of the desk's own work, in its order. */
  own: readonly string[];
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const { node } = session;
  const line = useLine();
  const go = useGo();
  const path = usePath();
  const mine = useRooms(rooms, own);
  const [help, helpDoor] = useDisclosure();
  const [drawer, drawerDoor] = useDisclosure();
  const top = useRef<HTMLElement>(null);
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);

  useKeys([
    { keys: "mod+k", says: say("web.help.palette"), do: openPalette },
    { keys: "/", says: say("web.help.search"), do: openPalette },
    { keys: "?", says: say("web.help.open"), do: helpDoor.open },
    ...mine
      .filter((room) => room.nav?.key !== undefined)
      .map((room) => ({
        keys: `g ${room.nav!.key!}`,
        says: say("web.help.go", { room: say(room.nav!.words) }),
        do: () => go(room.path),
      })),
    ...rooms
      .filter((room) => room.needs?.(session) ?? true)
      .flatMap((room) => room.commands ?? [])
      .filter((command) => command.keys !== undefined && (command.needs?.(session) ?? true))
      .map((command) => ({ keys: command.keys!, says: say(command.words), do: () => go(command.to) })),
  ]);

  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    drawerDoor.close();
    // A new page is read from its beginning, also by those who do not see it.
    main.current?.focus({ preventScroll: true });
  }, [path, drawerDoor]);

  useEffect(() => {
    const bar = top.current;
    if (bar === null) return undefined;
    const watch = new ResizeObserver(() =>
      document.documentElement.style.setProperty("--s-top-height", `${bar.offsetHeight}px`),
    );
    watch.observe(bar);
    return () => watch.disconnect();
  }, []);

  // Under the thumb: the rooms of her desk's own work.
  const docked = mine.slice(0, mine.length > 5 ? 4 : 5);
  return (
    <div className="s-frame">
      <a
        className="s-skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {say("web.skip")}
      </a>
      <header className="s-top" ref={top}>
        {node.exercise && (
          <div className="s-exercise">
            <b>{say("web.exercise")}</b>
            <span>{say("web.exerciseText")}</span>
          </div>
        )}
        <PaperHead />
        <TopBar rooms={mine} onHelp={helpDoor.open} />
        {line !== "good" && (
          <div className="s-line" role="status">
            {say(`web.line.${line}`)}
          </div>
        )}
      </header>
      <nav className="s-rooms" aria-label={say("web.rooms")}>
        <ul>
          {mine.map((room) => (
            <li key={room.id}>
              <RoomLink room={room} />
            </li>
          ))}
        </ul>
      </nav>
      <main className="s-main" id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <nav className="s-dock" aria-label={say("web.rooms")}>
        <ul>
          {docked.map((room) => (
            <li key={room.id}>
              <RoomLink room={room} />
            </li>
          ))}
          {docked.length < mine.length && (
            <li>
              <UnstyledButton className="s-room" onClick={drawerDoor.open} aria-haspopup="dialog">
                <icons.more />
                {say("web.more")}
              </UnstyledButton>
            </li>
          )}
        </ul>
      </nav>
      <Drawer
        opened={drawer}
        onClose={drawerDoor.close}
        title={say("web.rooms")}
        position="bottom"
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        {mine.map((room) => (
          <RoomLink key={room.id} room={room} />
        ))}
      </Drawer>
      <Palette rooms={rooms} />
      <Besides rooms={mine} />
      <HelpSheet open={help} onClose={helpDoor.close} />
    </div>
  );
}

function RoomLink({ room }: { room: Room }): ReactNode {
  const { say, number } = useWords();
  const path = usePath();
  const nav = room.nav!;
  const here = path === room.path || path.startsWith(`${room.path}/`);
  const Icon = nav.icon;
  const topics = nav.count?.topics.join(" ") ?? "";
  const count = useQuery({
    // By room, not by topic: two rooms hear of the same change, and each counts its own.
    queryKey: ["count", room.id],
    queryFn: ({ signal }) => nav.count!.ask(signal),
    enabled: nav.count !== undefined,
    refetchInterval: 60_000,
  });
  const queries = useQueryClient();
  useEffect(
    () =>
      listenLive(({ topic }) => {
        if (topic === "behind" || topics.split(" ").includes(topic))
          void queries.invalidateQueries({ queryKey: ["count", room.id] });
      }),
    [queries, topics, room.id],
  );
  return (
    <a className="s-room" {...useLink(room.path)} aria-current={here ? "page" : undefined}>
      <Icon />
      <span>{say(nav.words)}</span>
      {count.data !== undefined && count.data > 0 && <span className="s-count">{number(count.data)}</span>}
    </a>
  );
}
