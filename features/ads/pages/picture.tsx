// One picture beside the text that was read in it: the officer corrects, and only then it is judged like any advert.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  languageOfText,
  Link,
  LinkButton,
  LongTextField,
  PageHead,
  Problem,
  Progress,
  StateTag,
  useDraft,
  useGo,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { pictureLimits } from "../contract.ts";
import type { PictureRead, PictureView } from "../contract.ts";
import { cutAt } from "../rules.ts";
import { useLanguageName } from "./parts.tsx";
import { ShownPicture } from "./shown-picture.tsx";
import "./ads.css";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "picture", id],
    queryFn: ({ signal }) => api.get<PictureView>(`/api/ads/pictures/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/ads/sources">
      {(view) => (
        <>
          <PageHead
            title={say("ads.picture")}
            back={{ to: "/ads/sources", label: say("ads.sources") }}
            marks={<StateTag>{say(`ads.picture.state.${view.state}`)}</StateTag>}
          />
          <Body view={view} />
        </>
      )}
    </Awaited>
  );
}

function Body({ view }: { view: PictureView }): ReactNode {
  const { say } = useWords();
  if (view.state === "open") return <Text>{say("ads.picture.broken")}</Text>;
  if (view.state === "waiting")
    return (
      <Stack gap="sm" maw="40rem">
        <Progress says={say("ads.picture.reading")} part={view.done} />
        <Text size="sm">{say("ads.picture.leave")}</Text>
        <Drop of={view} />
      </Stack>
    );
  const shown = view.refusal === null || view.refusal === "PICTURE_UNREAD";
  return (
    <Stack gap="md">
      {view.refusal !== null && (
        <Text role="status">
          {say(`problem.${view.refusal}`)} {say(`problem.${view.refusal}.todo`)}
        </Text>
      )}
      <div className="ads-pair">
        {shown && <ShownPicture of={view} />}
        {view.state === "judged" ? <Judged view={view} /> : <Correct view={view} />}
      </div>
      {view.digest !== null && (
        <Text size="sm" className="s-long">
          {view.fileName} · {view.sourceName} · SHA-256 {view.digest}
        </Text>
      )}
    </Stack>
  );
}

/** What was read, with the words marked that were not read surely. */
export function ReadText({ of }: { of: PictureRead }): ReactNode {
  const { say, number } = useWords();
  const name = useLanguageName();
  return (
    <Stack gap={4}>
      <Text size="sm">
        {say("ads.picture.sure", {
          languages: of.languages.map((one) => name(one)).join(", "),
          sure: number(of.sure),
          words: of.unsure.length,
        })}
      </Text>
      <p
        className="ads-text"
        dir="auto"
        lang={languageOfText(of.text)}
        tabIndex={0}
        role="region"
        aria-label={say("ads.picture.asRead")}
      >
        {cutAt(of.text, of.unsure).map((part, nth) =>
          part.mark === null ? (
            part.text
          ) : (
            <mark key={nth} title={say("ads.picture.unsure", { sure: number(part.mark.sure) })}>
              {part.text}
            </mark>
          ),
        )}
      </p>
    </Stack>
  );
}

function Correct({ view }: { view: PictureView }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft(`ads.picture.${view.id}`, { text: view.read?.text ?? "" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { text } = draft.value;
  const language = languageOfText(text);
  async function judge(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const { id } = await api.post<{ id: string }>(`/api/ads/pictures/${view.id}/advert`, { text });
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["ads"] });
      go(`/ads/adverts/${id}`);
    } catch (no) {
      setFault(no);
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void judge();
      }}
    >
      <Stack gap="sm">
        {view.read !== null && <ReadText of={view.read} />}
        <LongTextField
          label={say("ads.picture.text")}
          hint={say("ads.picture.text.hint")}
          required
          rows={8}
          maxLength={pictureLimits.text}
          {...(language === undefined ? {} : { lang: language })}
          value={text}
          onChange={(to) => draft.set({ text: to })}
        />
        <Text size="sm" c="dimmed">
          {draft.says}
        </Text>
        {fault !== null && <Problem fault={fault} />}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={busy} disabled={text.trim() === ""}>
            {say("ads.picture.judge")}
          </Button>
          <Drop of={view} />
        </Group>
      </Stack>
    </form>
  );
}

function Judged({ view }: { view: PictureView }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="sm">
      {view.read !== null && <ReadText of={view.read} />}
      <LinkButton to={`/ads/adverts/${view.advert!}`}>{say("ads.advert")}</LinkButton>
    </Stack>
  );
}

function Drop({ of }: { of: PictureView }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  async function drop(): Promise<void> {
    try {
      await api.delete(`/api/ads/pictures/${of.id}`);
      go("/ads/sources");
      await queries.invalidateQueries({ queryKey: ["ads"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => void drop()}>
        {say("ads.picture.drop")}
      </Button>
      {fault !== null && <Problem fault={fault} />}
    </>
  );
}

/** On an advert: the picture on asking, and what was read in it where the officer wrote something else. */
export function PicturesOfAdvert({ of }: { of: readonly PictureView[] }): ReactNode {
  const { say } = useWords();
  return (
    <>
      {of.map((one) => (
        <section key={one.id} aria-label={say("ads.picture")}>
          <Stack gap={6}>
            <Text size="sm">
              {say("ads.picture.from")} <Link to={`/ads/pictures/${one.id}`}>{one.fileName}</Link>
              {one.read !== null && one.read.text !== one.text && ` · ${say("ads.picture.corrected")}`}
            </Text>
            <ShownPicture of={one} hidden />
          </Stack>
        </section>
      ))}
    </>
  );
}
