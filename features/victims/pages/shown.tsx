// Fields of a release in words, the same for the desk beforehand and for the case afterwards.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { ShownField } from "../contract.ts";

export function Shown({ fields }: { fields: readonly ShownField[] }): ReactNode {
  const { say, list, state, language } = useWords();
  const inWords = ({ field, values }: ShownField): string => {
    switch (field) {
      case "age":
      case "sex":
        return list(values.map((one) => say(`victims.${field}.${one}`)));
      case "nationalities":
        return list(values.map((one) => state(one)));
      case "languages":
        return list(values.map((one) => language(one)));
      case "status":
        return list(
          values.map((one) => {
            const [who, what] = one.split(" ") as [string, string];
            return `${state(who)}: ${say(`victims.status.${what}`)}`;
          }),
        );
      default:
        return values.join(" · ");
    }
  };
  return (
    <div>
      {fields.map((one) => (
        <Text key={one.field} size="sm">
          {say(`victims.release.${one.field}`)}: {inWords(one)}
        </Text>
      ))}
    </div>
  );
}
