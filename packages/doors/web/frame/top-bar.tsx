// The top: which node, desk and purpose; search; what runs against me; work in the tray; who I am.
import { Button, Indicator, Kbd, Menu, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { icons } from "../icons.tsx";
import { Link, useLink } from "../link.tsx";
import { Progress } from "../notices.tsx";
import type { Room, RunningClock } from "../room.ts";
import { useSession } from "../session.tsx";
import { ClockText } from "../texts.tsx";
import { untrack, useTray } from "../tray.ts";
import { useWords } from "../words.tsx";
import { MeMenu } from "./me-menu.tsx";
import { openPalette } from "./palette.tsx";
import { useLive } from "../live.ts";

export function TopBar({ rooms, onHelp }: { rooms: readonly Room[]; onHelp: () => void }): ReactNode {
  const { say, state } = useWords();
  const { node, officer, purpose } = useSession();
  const home = useLink("/");
  return (
    <div className="s-bar">
      <a className="s-brand" {...home}>
        <strong>Simpul</strong>
        <span>{state(node.code)}</span>
      </a>
      <div className="s-where">
        <span>{officer.desk.name}</span>
        <Text span inherit c="dimmed">
          {say(`purpose.${purpose}`)}
        </Text>
      </div>
      <UnstyledButton
        className="s-search"
        onClick={openPalette}
        // What is seen is part of what is heard, so that it can be asked for by voice (WCAG 2.5.3).
        aria-label={`${say("web.search.hint")} Ctrl K · ${say("web.search.label")}`}
      >
        <icons.search />
        <span>{say("web.search.hint")}</span>
        <Kbd size="xs" aria-hidden="true">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <Clocks rooms={rooms} />
      <Tray />
      <MeMenu onHelp={onHelp} />
    </div>
  );
}

function Clocks({ rooms }: { rooms: readonly Room[] }): ReactNode {
  const { say } = useWords();
  const asking = rooms.filter((room) => room.clocks !== undefined);
  const answers = useQueries({
    queries: asking.map((room) => ({
      queryKey: [room.clocks!.topic, "clocks", room.id],
      queryFn: ({ signal }: { signal: AbortSignal }) => room.clocks!.ask(signal),
      refetchInterval: 60_000,
    })),
  });
  useLive(asking.map((room) => room.clocks!.topic));
  if (asking.length === 0) return null;
  const clocks: RunningClock[] = answers
    .flatMap((answer) => answer.data ?? [])
    .sort((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"));
  const next = clocks.find((clock) => clock.due !== null && clock.stopped === undefined);
  return (
    <Popover position="bottom-end" withinPortal trapFocus width={340}>
      <Popover.Target>
        <UnstyledButton className="s-clocks">
          <span className="s-hidden">{say("web.clocks.label")}</span>
          {next === undefined ? <icons.clock /> : <ClockText due={next.due} />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {say("web.clocks.label")}
          </Text>
          {clocks.length === 0 && <Text size="sm">{say("web.clocks.none")}</Text>}
          {clocks.slice(0, 12).map((clock) => (
            <div key={clock.id}>
              <Link to={clock.to}>{clock.title}</Link> <ClockText due={clock.due} stopped={clock.stopped} />
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Tray(): ReactNode {
  const { say } = useWords();
  const works = useTray();
  if (works.length === 0) return null;
  const running = works.filter((work) => work.state === "running").length;
  // What wants a look first.
  const rest =
    (["failed", "paused"] as const).find((state) => works.some((work) => work.state === state)) ?? "done";
  return (
    <Menu position="bottom-end" withinPortal width={340} closeOnItemClick={false}>
      <Indicator disabled={running === 0} processing>
        <Menu.Target>
          <Button size="compact-sm" variant="default">
            {running > 0 ? say("web.tray.count", { count: running }) : say(`web.tray.rest.${rest}`)}
          </Button>
        </Menu.Target>
      </Indicator>
      <Menu.Dropdown>
        <Menu.Label>{say("web.tray.label")}</Menu.Label>
        {works.map((work) => (
          <div key={work.id} className="s-tray-work">
            <Progress
              says={work.says}
              part={work.state === "running" ? work.part : 1}
              detail={work.state === "running" ? undefined : say(`web.tray.${work.state}`)}
            />
            {work.to !== undefined && <Link to={work.to}>{say("web.peek.open")}</Link>}
            {work.stop !== undefined && work.state === "running" && (
              <Button size="compact-xs" variant="subtle" onClick={work.stop}>
                {say("web.tray.stop")}
              </Button>
            )}
          </div>
        ))}
        {running < works.length && (
          <Menu.Item
            onClick={() => works.filter((one) => one.state !== "running").forEach((one) => untrack(one.id))}
          >
            {say("web.tray.clear")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
