// The sides of the room: who did what, what is looked through, what stands out, what rests, the ledgers that hold it.
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, usePath, useWords } from "@simpul/doors/web";

export function Sides(): ReactNode {
  const { say } = useWords();
  const at = usePath();
  const sides = [
    { to: "/oversight", label: say("oversight.log") },
    { to: "/oversight/samples", label: say("oversight.samples") },
    { to: "/oversight/notices", label: say("oversight.notices") },
    { to: "/freezes", label: say("oversight.freezes") },
    { to: "/subject-access", label: say("oversight.subjects") },
    { to: "/settings/two-persons", label: say("access.two.title") },
    { to: "/oversight/ledgers", label: say("oversight.ledgers") },
  ];
  return (
    <Group component="nav" aria-label={say("oversight.room")} gap="lg" mb="md" className="s-noprint">
      {sides.map(({ to, label }) =>
        at === to ? (
          <strong key={to} aria-current="page">
            {label}
          </strong>
        ) : (
          <Link key={to} to={to}>
            {label}
          </Link>
        ),
      )}
    </Group>
  );
}
