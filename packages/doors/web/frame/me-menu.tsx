// Who I am, for which desk and purpose I act, in which language, and how I like the page.
import { Group, NativeSelect, Popover, SegmentedControl, Stack, Text, UnstyledButton } from "@mantine/core";
import { Button, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { localeFacts, locales } from "@simpul/doors/i18n";
import type { Purpose } from "@simpul/model";
import { icons } from "../icons.tsx";
import { useSessionDoor } from "../session.tsx";
import { setDensity, useDensity } from "../taste.ts";
import { NameText } from "../texts.tsx";
import { useTellProblem } from "../undo.tsx";
import { useWords } from "../words.tsx";

export function MeMenu({ onHelp }: { onHelp: () => void }): ReactNode {
  const { say, locale } = useWords();
  const { session, change, signOut } = useSessionDoor();
  const { officer } = session;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  const refused = useTellProblem();
  const [open, door] = useDisclosure();
  const to = (what: Parameters<typeof change>[0]): void => void change(what).catch(refused);

  return (
    <Popover
      opened={open}
      onChange={door.toggle}
      onDismiss={door.close}
      position="bottom-end"
      width="min(22rem, 94vw)"
      withinPortal
      trapFocus
    >
      <Popover.Target>
        <UnstyledButton
          className="s-me"
          onClick={door.toggle}
          aria-label={[officer.name, officer.nameLatin, "·", say("web.me.label")].filter(Boolean).join(" ")}
          aria-expanded={open}
        >
          <icons.person />
          <Text span size="sm" className="s-wide">
            <NameText text={officer.name} romanised={officer.nameLatin} />
          </Text>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <div>
            <Text fw={600} component="div">
              <NameText text={officer.name} romanised={officer.nameLatin} />
            </Text>
            <Text size="sm" c="dimmed">
              {officer.roles.map((role) => say(`role.${role}`)).join(" · ")}
            </Text>
            <Text size="sm" c="dimmed">
              {say("web.me.deskAt", { desk: officer.desk.name, agency: officer.agency.name })}
            </Text>
          </div>
          {session.desks.length > 1 && (
            <NativeSelect
              label={say("web.me.desk")}
              value={officer.desk.id}
              data={session.desks.map((desk) => ({ value: desk.id, label: desk.name }))}
              onChange={(event) => to({ desk: event.currentTarget.value })}
            />
          )}
          {session.purposes.length > 1 && (
            <NativeSelect
              label={say("web.me.purpose")}
              value={session.purpose}
              data={session.purposes.map((purpose) => ({ value: purpose, label: say(`purpose.${purpose}`) }))}
              onChange={(event) => to({ purpose: event.currentTarget.value as Purpose })}
            />
          )}
          <NativeSelect
            label={say("web.me.language")}
            value={locale}
            data={locales.map((one) => ({ value: one, label: localeFacts[one].name }))}
            onChange={(event) => to({ language: event.currentTarget.value })}
          />
          <div>
            <Text size="sm" fw={500} id="s-theme">
              {say("web.me.theme")}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby="s-theme"
              value={colorScheme}
              onChange={(value) => setColorScheme(value)}
              data={(["light", "dark", "auto"] as const).map((value) => ({
                value,
                label: say(`web.me.${value}`),
              }))}
            />
          </div>
          <div>
            <Text size="sm" fw={500} id="s-density">
              {say("web.me.density")}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby="s-density"
              value={density}
              onChange={(value) => setDensity(value)}
              data={(["dense", "roomy"] as const).map((value) => ({ value, label: say(`web.me.${value}`) }))}
            />
          </div>
          <Group justify="space-between">
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                door.close();
                onHelp();
              }}
            >
              {say("web.help.title")} (?)
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => void signOut().catch(refused)}>
              {say("web.me.signOut")}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
