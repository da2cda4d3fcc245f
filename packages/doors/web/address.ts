// Where I am: every state of a page has an address that can be sent to a colleague.
import { useNavigate, useParams, useRouter, useRouterState } from "@tanstack/react-router";

/** A part of the path, e.g. `useParam("id")` in `/cases/$id`; empty when the path has none. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return params[name] ?? "";
}

/** Goes to an address of this app, e.g. `go("/cases/…?tab=people")`. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return (to, options) => {
    void navigate({ href: to, replace: options?.replace ?? false });
  };
}

/** The path as it stands, e.g. `/cases`. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname });

/** Whether this node has a page at an address as its room writes it (`/requests/new`): no link leads to what is not built. */
export function useHasPage(path: string): boolean {
  const { routesByPath } = useRouter() as unknown as { routesByPath: Readonly<Record<string, unknown>> };
  return Object.hasOwn(routesByPath, path);
}

/** A value kept in the address (`?tab=people`), so that it survives a reload and can be sent. */
export function useAddressValue(
  name: string,
  usual = "",
): readonly [string, (value: string, options?: { replace?: boolean }) => void] {
  const [values, change] = useAddressValues();
  return [
    values[name] ?? usual,
    (value, options) => change({ [name]: value === usual ? null : value }, options),
  ];
}

/** All values of the address, and a way to change some; null takes one out. */
export function useAddressValues(): readonly [
  Readonly<Record<string, string>>,
  (to: Readonly<Record<string, string | null>>, options?: { replace?: boolean }) => void,
] {
  const text = useRouterState({ select: (state) => state.location.searchStr });
  const path = usePath();
  const go = useGo();
  const router = useRouter() as { history: { location: { pathname: string; search: string } } };
  const values = Object.fromEntries(new URLSearchParams(text));
  return [
    values,
    (to, options) => {
      // The address as it is now, not as it was when this was drawn: what a save that ends late adds must not take the
      // reader back a step, nor back to a page that she has left.
      const now = router.history.location;
      if (now.pathname !== path) return;
      const next = new URLSearchParams(now.search);
      for (const [name, value] of Object.entries(to)) {
        if (value === null || value === "") next.delete(name);
        else next.set(name, value);
      }
      const search = next.toString();
      // Steps inside one page replace, so that "back" leaves the page as expected.
      go(search === "" ? path : `${path}?${search}`, { replace: options?.replace ?? true });
    },
  ];
}

/** How addresses are read and written: plain texts, nothing guessed into numbers. For the router of the app. */
export const plainSearch = {
  parseSearch: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (values: Record<string, unknown>): string => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(values))
      if (typeof value === "string") search.set(name, value);
    const text = search.toString();
    return text === "" ? "" : `?${text}`;
  },
};
