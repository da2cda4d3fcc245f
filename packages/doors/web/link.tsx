// Links inside the app: real addresses, so that they open in a new window and can be copied.
import { Anchor, Button } from "@mantine/core";
import type { ButtonProps } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { useGo } from "./address.ts";

/** Props that make any anchor a link of this app. */
export function useLink(to: string): { href: string; onClick: (event: MouseEvent) => void } {
  const go = useGo();
  const router = useRouter();
  return {
    // The router is registered by apps/web; here its type is open.
    href: (router as { history: { createHref(to: string): string } }).history.createHref(to),
    onClick(event) {
      // The browser's own ways (new tab, save) stay the browser's.
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
        return;
      event.preventDefault();
      go(to);
    },
  };
}

/** A link in running text or a list. */
export function Link({
  to,
  children,
  quiet,
}: {
  to: string;
  children: ReactNode;
  quiet?: boolean;
}): ReactNode {
  return (
    <Anchor
      {...useLink(to)}
      inherit
      underline={quiet ? "hover" : "always"}
      {...(quiet ? { c: "inherit" } : {})}
    >
      {children}
    </Anchor>
  );
}

/** A link that looks like an act: the way to a page on which something is done. */
export function LinkButton({
  to,
  children,
  ...rest
}: ButtonProps & { to: string; children: ReactNode }): ReactNode {
  return (
    <Button component="a" {...useLink(to)} {...rest}>
      {children}
    </Button>
  );
}
