// `?`: every key that works on this page.
import { Kbd, Modal, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useKeyList } from "../keys.ts";
import { useWords } from "../words.tsx";

export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { say } = useWords();
  const keys = useKeyList();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={say("web.help.title")}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <Table>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={`${key.keys} ${key.says}`}>
              <Table.Td className="s-whole">
                {key.keys.split(" ").map((part, index) => (
                  <span key={part}>
                    {index > 0 && ` ${say("web.help.then")} `}
                    <Kbd>{part.replace("mod+k", "Ctrl K")}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{key.says}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
