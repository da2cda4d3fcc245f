// The sheet of wristbands to print: a QR sign and the code under it, and the desk's reference to hand each to its person.
import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import encodeQR from "qr";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { api, Awaited, NumberField, PageHead, Problem, useParam, useWords } from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { SheetLine } from "../contract.ts";
import "./surge.css";

type Line = Pick<SheetLine, "sign" | "code"> & { pseudonym?: string };

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  const back = { to: id === "" ? "/surge" : `/surge/lists/${id}`, label: say("surge.room") };
  return (
    <>
      <PageHead
        title={say(id === "" ? "surge.wristbands.reserve" : "surge.wristbands")}
        back={back}
        act={
          <Button variant="default" onClick={() => print()}>
            {say("surge.print")}
          </Button>
        }
      />
      <Gate>{id === "" ? <Reserve /> : <OfList id={id} />}</Gate>
    </>
  );
}

function OfList({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-wristbands", id],
    queryFn: ({ signal }) => api.get<{ lines: Line[] }>(`/api/surge/lists/${id}/wristbands`, { signal }),
  });
  return (
    <Awaited query={query}>
      {({ lines }) => (
        <>
          <Text className="s-noprint" mb="md" maw="40rem">
            {say("surge.wristbands.text")}
          </Text>
          <Sheet lines={lines} />
        </>
      )}
    </Awaited>
  );
}

function Reserve(): ReactNode {
  const { say } = useWords();
  const [count, setCount] = useState<number | null>(24);
  const [lines, setLines] = useState<Line[]>([]);
  const [fault, setFault] = useState<unknown>(null);
  const make = (): void => {
    setFault(null);
    void api
      .post<{ lines: Line[] }>("/api/surge/wristbands", { count })
      .then(({ lines: made }) => setLines(made), setFault);
  };
  return (
    <>
      <Text className="s-noprint" maw="40rem">
        {say("surge.wristbands.reserve.text")}
      </Text>
      <Group className="s-noprint" align="end" my="md">
        <NumberField
          label={say("surge.wristbands.count")}
          min={1}
          max={500}
          value={count}
          onChange={setCount}
        />
        <Button disabled={count === null} onClick={make}>
          {say("surge.wristbands.make", { count: count ?? 0 })}
        </Button>
      </Group>
      {fault !== null && <Problem fault={fault} />}
      <Sheet lines={lines} />
    </>
  );
}

function Sheet({ lines }: { lines: readonly Line[] }): ReactNode {
  return (
    <ul className="su-sheet">
      {lines.map((line) => (
        <li key={line.code}>
          <Sign of={line} />
          <code>{line.code}</code>
          {line.pseudonym !== undefined && <span className="su-quiet">{line.pseudonym}</span>}
        </li>
      ))}
    </ul>
  );
}

function Sign({ of }: { of: Line }): ReactNode {
  const { say } = useWords();
  const { size, path } = useMemo(() => {
    const rows = encodeQR(of.sign, "raw", { ecc: "medium", border: 2 });
    const drawn = rows
      .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""))
      .join("");
    return { size: rows.length, path: drawn };
  }, [of.sign]);
  return (
    <svg
      role="img"
      aria-label={say("surge.wristbands.sign", { code: of.code })}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
