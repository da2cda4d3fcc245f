// Ctrl-K or `/`: go anywhere, start anything, find any record that she may see.
import { Kbd } from "@mantine/core";
import { Spotlight, spotlight } from "@mantine/spotlight";
import type { SpotlightActionGroupData } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useGo } from "../address.ts";
import type { Room } from "../room.ts";
import { useSession } from "../session.tsx";
import { useWords } from "../words.tsx";

export const openPalette = (): void => spotlight.open();

const fold = (text: string): string => text.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");

export function Palette({ rooms }: { rooms: readonly Room[] }): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const go = useGo();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  const mine = rooms.filter((room) => room.needs?.(session) ?? true);
  const searching = mine.filter((room) => room.search !== undefined);
  const answers = useQueries({
    queries: searching.map((room) => ({
      queryKey: ["search", room.id, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => room.search!(asked, signal),
      enabled: asked.length >= 2,
      staleTime: 10_000,
    })),
  });

  const wanted = fold(text.trim());
  const matches = (...words: string[]): boolean =>
    wanted === "" || words.some((one) => fold(one).includes(wanted));
  /** What begins with it is meant more likely than what has it somewhere. */
  const nearest = (words: string): number => (wanted !== "" && fold(words).startsWith(wanted) ? 0 : 1);
  const found = asked.length >= 2 ? answers.flatMap((answer) => answer.data ?? []) : [];
  const failed = asked.length >= 2 && answers.some((answer) => answer.isError);
  const groups: SpotlightActionGroupData[] = [
    {
      group: say("web.search.found"),
      actions: found.slice(0, 20).map((hit) => ({
        id: `hit-${hit.id}`,
        label: hit.title,
        ...(hit.detail === undefined ? {} : { description: hit.detail }),
        onClick: () => go(hit.to),
      })),
    },
    {
      group: say("web.search.goto"),
      actions: mine
        .filter((room) => room.nav !== undefined && matches(say(room.nav.words)))
        .sort((a, b) => a.nav!.order - b.nav!.order)
        .map((room) => ({
          id: `room-${room.id}`,
          label: say(room.nav!.words),
          ...(room.nav!.key === undefined
            ? {}
            : { rightSection: <Kbd size="xs">{`g ${room.nav!.key}`}</Kbd> }),
          onClick: () => go(room.path),
        })),
    },
    {
      group: say("web.search.acts"),
      actions: mine
        .flatMap((room) => room.commands ?? [])
        .filter((command) => command.needs?.(session) ?? true)
        .filter((command) => matches(say(command.words), ...(command.also ?? []).map((key) => say(key))))
        .sort((a, b) => nearest(say(a.words)) - nearest(say(b.words)))
        .map((command) => ({
          id: `act-${command.id}`,
          label: say(command.words),
          ...(command.keys === undefined ? {} : { rightSection: <Kbd size="xs">{command.keys}</Kbd> }),
          onClick: () => go(command.to),
        })),
    },
  ].filter((group) => group.actions.length > 0);

  return (
    <Spotlight
      actions={groups}
      query={text}
      onQueryChange={setText}
      // What the node found need not contain the text as typed (other scripts, other spellings).
      filter={(_query, actions) => actions}
      shortcut={null}
      nothingFound={failed ? say("web.search.failed") : say("web.nothingFound")}
      searchProps={{ placeholder: say("web.search.hint"), "aria-label": say("web.search.label") }}
      scrollable
      // It stays where it is while the list under it grows and shrinks.
      centered={false}
      maxHeight="60vh"
    />
  );
}
