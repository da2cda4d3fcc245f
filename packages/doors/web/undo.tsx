// Do it at once, and offer to undo it for ten seconds.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useProblemWords } from "./notices.tsx";
import { useWords } from "./words.tsx";

const tenSeconds = 10_000;
let serial = 0;
const latest = new Map<string, number>();

/**
 * `undoable({ done: say("…"), undo: () => api.delete(…) })` after an act was done: says what was done and offers the
 * way back. The act has happened; undoing is an act of its own, and is logged as one.
 */
export function useUndo(): (act: {
  done: string;
  undo: () => Promise<unknown>;
  /** Acts of one name follow each other quickly: the later one's offer takes the place of the earlier one's. */
  replaces?: string;
}) => void {
  const { say } = useWords();
  const problem = useProblemWords();
  return useCallback(
    ({ done, undo, replaces }) => {
      serial += 1;
      const id = `undo-${replaces ?? ""}-${serial}`;
      if (replaces !== undefined) {
        notifications.hide(`undo-${replaces}-${latest.get(replaces) ?? 0}`);
        latest.set(replaces, serial);
      }
      const back = async (): Promise<void> => {
        notifications.hide(id);
        try {
          await undo();
          notifications.show({ message: say("web.undo.undone"), withCloseButton: false });
        } catch (fault) {
          const { what, todo } = problem(fault);
          notifications.show({
            message: `${say("web.undo.failed")} ${what} ${todo}`,
            autoClose: false,
            closeButtonProps: { "aria-label": say("web.close") },
          });
        }
      };
      notifications.show({
        id,
        autoClose: tenSeconds,
        closeButtonProps: { "aria-label": say("web.close") },
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{done}</Text>
            <Button size="compact-sm" variant="default" flex="none" onClick={() => void back()}>
              {say("web.undo.act")}
            </Button>
          </Group>
        ),
      });
    },
    [say, problem],
  );
}

/** Says something small that was done, e.g. "Copied". */
export const tell = (message: string): void => {
  notifications.show({ message, withCloseButton: false });
};

/** Says in words why an act was refused, where no place on the page is better. */
export function useTellProblem(): (fault: unknown, before?: string) => void {
  const problem = useProblemWords();
  const { say } = useWords();
  return (fault, before = "") => {
    const { what, todo, reference } = problem(fault);
    notifications.show({
      closeButtonProps: { "aria-label": say("web.close") },
      message: [before, what, todo, reference].filter((part) => part !== "").join(" "),
      autoClose: 15_000,
    });
  };
}
