// A look at one record without leaving the list: beside it on a desk, over it on a phone.
import { CloseButton, Drawer, Group, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { LinkButton } from "./link.tsx";
import { useWords } from "./words.tsx";

export const narrow = "(max-width: 62em)";

/** The list stays where it is; `Escape` closes the peek, `Enter` in the list opens `to`. */
export function SidePeek({
  title,
  to,
  onClose,
  children,
}: {
  title: ReactNode;
  /** Address of the full page. */
  to?: string;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const phone = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const full = to !== undefined && (
    <LinkButton to={to} size="compact-sm" variant="default">
      {say("web.peek.open")}
    </LinkButton>
  );
  if (phone)
    return (
      <Drawer
        opened
        onClose={onClose}
        position="bottom"
        size="85%"
        title={title}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        {full}
        {children}
      </Drawer>
    );
  return (
    <aside
      className="s-peek"
      aria-label={say("web.peek.label")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Group gap="xs" wrap="nowrap">
          {full}
          <CloseButton onClick={onClose} aria-label={say("web.close")} />
        </Group>
      </Group>
      {children}
    </aside>
  );
}
