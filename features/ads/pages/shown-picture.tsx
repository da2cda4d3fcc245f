// A picture of an advert as the node drew it anew; on an advert it stays hidden until somebody asks, for people may be on it.
import { Button, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, Progress, useWords } from "@simpul/doors/web";
import type { PictureHead } from "../contract.ts";

export function ShownPicture({ of, hidden = false }: { of: PictureHead; hidden?: boolean }): ReactNode {
  const { say } = useWords();
  const [asked, setAsked] = useState(!hidden);
  const [source, setSource] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => {
    if (!asked) return;
    let address: string | null = null;
    const stop = new AbortController();
    api
      .blob(`/api/ads/pictures/${of.id}/preview`, { signal: stop.signal })
      .then((blob) => {
        address = URL.createObjectURL(blob);
        if (!stop.signal.aborted) setSource(address);
      })
      .catch((no: unknown) => {
        if (!stop.signal.aborted) setFault(no);
      });
    return () => {
      stop.abort();
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [asked, of.id]);
  if (!asked)
    return (
      <div className="s-noprint">
        <Button variant="default" size="compact-md" onClick={() => setAsked(true)}>
          {say("ads.picture.show")}
        </Button>
      </div>
    );
  if (fault !== null) return <Problem fault={fault} />;
  if (source === null) return <Progress says={say("ads.picture.loading")} part={null} />;
  return (
    <Stack gap={4}>
      <img className="ads-picture" src={source} alt={say("ads.picture.alt", { name: of.fileName })} />
    </Stack>
  );
}
