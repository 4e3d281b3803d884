import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, post } from "../../api/request";
import type { SupportAccess, SupportLine } from "../../api/support";
import { cache } from "../../core/session/cache";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { momentText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { say } from "../../ui/toast";
import "../support/support.css";
import "../support/words";
import { useSaving } from "./saving";
import "./settings.css";

const KEY = ["support"];
const HOURS = [1, 4, 24, 72, 168] as const;
type Hours = (typeof HOURS)[number];
const refresh = () => cache.invalidateQueries({ queryKey: KEY });

/** The owner lets the service's people in, for a time and to an extent, and sees what they have done. */
export function Screen() {
  const { t } = useTranslation("support");
  const access = useQuery({
    queryKey: [...KEY, "consent"],
    queryFn: () => get<SupportAccess>("support/consent/"),
  });
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <section className="set-sec sup-intro">
        <p className="t2">{t("text")}</p>
        <p className="t2 f13">{t("never")}</p>
        {access.isPending && <Waiting rows={2} />}
        {access.isError && !access.data && (
          <Failed text={sentenceOf(access.error)} onRetry={() => void access.refetch()} />
        )}
        {access.data && (access.data.consent ? <Open consent={access.data.consent} /> : <Closed />)}
      </section>
      <Story />
    </>
  );
}

function Closed() {
  const { t } = useTranslation("support");
  const [changes, setChanges] = useState<"reads" | "changes">("reads");
  const [hours, setHours] = useState<Hours>(4);
  const { busy, run } = useSaving();
  const give = () =>
    run(async () => {
      await post("support/consent/", { may_change: changes === "changes", hours });
      say(t("given"));
      await refresh();
    });
  return (
    <div className="set-form" data-testid="support-closed">
      <p className="sb">{t("closed")}</p>
      <div>
        <span className="lbl">{t("what")}</span>
        <Segmented
          label={t("what")}
          value={changes}
          options={[
            { value: "reads", title: t("whatReads") },
            { value: "changes", title: t("whatChanges") },
          ]}
          onChange={setChanges}
        />
      </div>
      <Field label={t("hours")}>
        {(aria) => (
          <select
            {...aria}
            className="inp"
            value={hours}
            onChange={(event) => setHours(Number(event.target.value) as Hours)}
            data-testid="support-hours"
          >
            {HOURS.map((one) => (
              <option key={one} value={one}>
                {t(`hours${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div>
        <Button look="primary" busy={busy} onClick={() => void give()} data-testid="support-give">
          {t("give")}
        </Button>
      </div>
    </div>
  );
}

function Open({ consent }: { consent: NonNullable<SupportAccess["consent"]> }) {
  const { t } = useTranslation("support");
  const { busy, run } = useSaving();
  const close = () =>
    run(async () => {
      await del("support/consent/");
      say(t("closedNow"));
      await refresh();
    });
  return (
    <div className="set-form" data-testid="support-open">
      <p className="sb">
        <Icon name="eye" /> {t("open", { until: momentText(consent.until) })}
      </p>
      <p className="t2">
        {t("openBy", {
          who: consent.given_by,
          how: t(consent.may_change ? "changes" : "reads"),
        })}
      </p>
      <div>
        <Button look="danger" busy={busy} onClick={() => void close()} data-testid="support-close">
          {t("close")}
        </Button>
      </div>
    </div>
  );
}

function Story() {
  const { t } = useTranslation("support");
  const pages = useInfiniteQuery({
    queryKey: [...KEY, "history"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<Page<SupportLine>>("support/history/", { query: { limit: 30, cursor: pageParam } }),
    getNextPageParam: (page) => page.next,
  });
  const lines = pages.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className="set-sec" data-testid="support-history">
      <h3>{t("history")}</h3>
      {pages.isPending && <Waiting rows={3} />}
      {pages.isError && !pages.data && (
        <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.data && lines.length === 0 && (
        <Empty icon="shield-check" title={t("historyNone")} text={t("historyNoneText")} />
      )}
      {lines.length > 0 && (
        <div className="pane over">
          {lines.map((line) => (
            <div key={line.id} className="sup-line" data-testid="support-line">
              <span className="t3 num">{momentText(line.at)}</span>
              <span>
                <span className="sb">{line.who}</span> {line.title}
                {line.card && `: ${line.card}`}
                {line.note && <span className="t2"> ({line.note})</span>}
              </span>
            </div>
          ))}
        </div>
      )}
      {pages.hasNextPage && (
        <Button
          look="quiet"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
}
