import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { AppealCard, ThreadLine } from "../../../api/help";
import { sentenceOf } from "../../../api/problem";
import { addressOf, post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { momentText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Status } from "../../../ui/marks";
import { Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { ContextShown } from "../../help/ContextShown";
import { Talk } from "../../help/Talk";
import { useSaving } from "../../settings/saving";
import "../console.css";
import { refresh, useAnswer, usePages } from "../data";
import { Fact } from "../Listed";
import { STATES } from "./states";
import "./words";
import { Writing } from "./Writing";

const LOOK_AGAIN_MS = 15_000;

/** One appeal as the service sees it: what was sent, and nothing else of the company. */
export function Screen() {
  const { t } = useTranslation("appeals");
  const { appealId } = useParams({ strict: false }) as { appealId: string };
  const query = useAnswer<AppealCard>(`appeals/${appealId}/`, LOOK_AGAIN_MS);
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data)
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  const card = query.data;
  const { tone, word } = STATES[card.state];
  return (
    <>
      <Link to={"/appeals" as never} className="con-back">
        <Icon name="arrow-left" /> {t("title")}
      </Link>
      <div className="con-title">
        <h1 className="con-h">{card.topic}</h1>
        <span data-testid="appeal-state">
          <Status tone={tone}>{t(word)}</Status>
        </span>
      </div>
      <p className="t2 f13">
        {t("asked", { who: card.author, when: momentText(card.created_at) })}
      </p>
      <dl className="con-facts con-sec" data-testid="appeal-facts">
        <Fact label={t("company")}>
          <Link to={`/companies/${card.company_id}` as never} className="con-link">
            {card.company_name}
          </Link>
        </Fact>
        <Fact label={t("plan")}>{card.plan || "—"}</Fact>
        <Fact label={t("taken")}>{card.operator_name ?? t("nobody")}</Fact>
      </dl>
      <Acts card={card} />
      <p className="f13">
        <Link
          to={"/appeals" as never}
          search={{ company: String(card.company_id) } as never}
          className="con-link"
        >
          {t("companyOnly")}
        </Link>
      </p>
      <ContextShown context={card.context} kind={card.card_kind_title} open />
      <Thread card={card} />
      <Writing key={card.id} card={card} />
    </>
  );
}

function Acts({ card }: { card: AppealCard }) {
  const { t } = useTranslation("appeals");
  const { busy, run } = useSaving();
  const act = (deed: "take" | "close") =>
    run(async () => {
      await post(`appeals/${card.id}/${deed}/`);
      say(t(deed === "close" ? "closed" : "saved"));
      await refresh();
    });
  return (
    <div className="con-acts">
      {!card.is_mine && (
        <Button icon="user" busy={busy} onClick={() => void act("take")} data-testid="appeal-take">
          {t("take")}
        </Button>
      )}
      {card.state !== "closed" && (
        <Button
          icon="check"
          busy={busy}
          onClick={() => void act("close")}
          data-testid="appeal-close"
        >
          {t("close")}
        </Button>
      )}
    </div>
  );
}

function Thread({ card }: { card: AppealCard }) {
  const { t } = useTranslation("appeals");
  const pages = usePages<ThreadLine>(`appeals/${card.id}/lines/`);
  const { refetch } = pages;
  const moved = card.moved_at;
  // The card is looked at now and then; words of the other side move it.
  useEffect(() => {
    if (moved) void refetch();
  }, [moved, refetch]);
  const lines = [...(pages.data?.pages.flatMap((page) => page.results) ?? [])].reverse();
  if (pages.isPending) return <Waiting rows={4} />;
  if (!pages.data)
    return <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />;
  return (
    <Talk<ThreadLine>
      lines={lines}
      fileAt={({ id }) => addressOf(`appeals/${card.id}/files/${id}/`)}
      own={(line) => line.is_support}
      mark={(line) => (line.is_note ? t("noteMark") : null)}
      earlier={
        pages.hasNextPage && (
          <button type="button" className="link f12" onClick={() => void pages.fetchNextPage()}>
            {t("earlier")}
          </button>
        )
      }
    />
  );
}
