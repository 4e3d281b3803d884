import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Appeal, AppealLine } from "../../api/help";
import { sentenceOf } from "../../api/problem";
import { addressOf, post } from "../../api/request";
import { uuid } from "../../api/uuid";
import { Button } from "../../ui/button";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { momentText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Status } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { ContextShown } from "./ContextShown";
import { FilesPart } from "./FilesPart";
import "./help.css";
import { refresh, STATES, useAppeal, useHelp, useLines } from "./help";
import { useSending } from "./sending";
import { Talk } from "./Talk";
import "./words";

/** One appeal: what was said, and where one goes on. */
export function Screen() {
  const { t } = useTranslation("help");
  const { appealId } = useParams({ strict: false }) as { appealId: string };
  const query = useAppeal(appealId);
  if (query.isPending) return <Waiting />;
  if (!query.data)
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  const appeal = query.data;
  const { tone, word } = STATES[appeal.state];
  return (
    <div className="help-page">
      <Link to={"/help" as never} className="help-back">
        <Icon name="arrow-left" /> {t("appeals")}
      </Link>
      <header className="help-title">
        <h1>{appeal.topic}</h1>
        <span data-testid="appeal-state">
          <Status tone={tone}>{t(word)}</Status>
        </span>
      </header>
      <p className="f12 t3 num">
        {t("number", { number: appeal.id })} ·{" "}
        {t("by", { who: appeal.author, when: momentText(appeal.created_at) })}
      </p>
      <ContextShown context={appeal.context} kind={appeal.card_kind_title} />
      <Words appeal={appeal} />
    </div>
  );
}

const fileAt = ({ id }: { id: number }) => addressOf(`help/files/${id}/content/`);

function Words({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation("help");
  const pages = useLines(String(appeal.id));
  const lines = [...(pages.data?.pages.flatMap((page) => page.results) ?? [])].reverse();
  if (pages.isPending) return <Waiting rows={4} />;
  if (!pages.data)
    return <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />;
  return (
    <section aria-label={t("talk")}>
      <Talk<AppealLine>
        lines={lines}
        fileAt={fileAt}
        own={(line) => !line.is_support}
        earlier={
          pages.hasNextPage && (
            <button type="button" className="link f12" onClick={() => void pages.fetchNextPage()}>
              {t("earlier")}
            </button>
          )
        }
      />
      {appeal.state === "closed" ? <Closed appeal={appeal} /> : <Reply appeal={appeal} />}
    </section>
  );
}

function Closed({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation("help");
  const { busy, run } = useSaving();
  const reopen = () =>
    run(async () => {
      await post(`help/appeals/${appeal.id}/reopen/`);
      say(t("reopened"));
      await refresh();
    });
  return (
    <div className="help-closed">
      <p className="t2">{t("closedText")}</p>
      <Button busy={busy} onClick={() => void reopen()} data-testid="appeal-reopen">
        {t("reopen")}
      </Button>
    </div>
  );
}

function Reply({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation("help");
  const help = useHelp().data;
  const [text, setText] = useState("");
  // A message that is sent once more, because its answer was lost, is the same message.
  const [key, setKey] = useState(uuid);
  const most = help?.most_files ?? 0;
  const files = useSending(most);
  const { busy, errors, run } = useSaving();
  const closing = useSaving();
  const submit = () =>
    run(async () => {
      await post(`help/appeals/${appeal.id}/lines/`, { key, text, files: files.ids });
      setText("");
      setKey(uuid());
      files.clear();
      say(t("replied"));
      await refresh();
    });
  const close = () =>
    closing.run(async () => {
      await post(`help/appeals/${appeal.id}/close/`);
      say(t("closed"));
      await refresh();
    });
  return (
    <Form className="stack help-reply" onSubmit={() => void submit()}>
      <TextAreaField
        label={t("replyLabel")}
        required
        rows={3}
        maxLength={5000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        error={errors.text ?? errors.files}
        data-testid="appeal-text"
      />
      {help && <FilesPart files={files} most={most} largest={help.largest_file} />}
      <div className="row help-ask">
        <Button
          look="primary"
          type="submit"
          icon="send"
          busy={busy}
          disabled={files.underway}
          data-testid="appeal-send"
        >
          {t("send")}
        </Button>
        <Button busy={closing.busy} onClick={() => void close()} data-testid="appeal-close">
          {t("close")}
        </Button>
      </div>
    </Form>
  );
}
