import { useTranslation } from "react-i18next";
import type { Health, Parked } from "../../api/console";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { countText } from "../../ui/format";
import { Failed, Waiting } from "../../ui/state";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { refresh, useAnswer, usePages } from "./data";
import { Fact, Listed } from "./Listed";
import { may, useOperator } from "./session";
import "./console.css";
import "./words";

const EVERY_MS = 5000;

/** How the queues stand, what fails now, and what was given up. */
export function Screen() {
  const { t } = useTranslation("console");
  const health = useAnswer<Health>("health/", EVERY_MS);
  if (health.isPending) return <Waiting rows={6} />;
  if (!health.data)
    return <Failed text={sentenceOf(health.error)} onRetry={() => void health.refetch()} />;
  const now = health.data;
  const seconds = (value: number) => t("seconds", { count: Math.round(value) });
  return (
    <>
      <h1 className="con-h">{t("health")}</h1>
      <dl className="con-facts" data-testid="health">
        <Fact label={t("waiting")}>{countText(now.waiting)}</Fact>
        <Fact label={t("parked")}>
          <span className={now.parked > 0 ? "red" : ""}>{countText(now.parked)}</span>
        </Fact>
        <Fact label={t("oldest")}>{seconds(now.oldest_seconds)}</Fact>
        <Fact label={t("wakeups")}>{seconds(now.oldest_wakeup_seconds)}</Fact>
        <Fact label={t("workers")}>{countText(now.workers)}</Fact>
        <Fact label={t("pool")}>{countText(now.pool_ready)}</Fact>
        <Fact label={t("migrationErrors")}>{countText(now.migration_errors)}</Fact>
        {now.companies.map((one) => (
          <Fact key={one.status} label={`${t("companies")}: ${one.title}`}>
            {countText(one.count)}
          </Fact>
        ))}
      </dl>
      <section className="con-sec">
        <h2>{t("failing")}</h2>
        {now.failing.length === 0 ? (
          <p className="t2">{t("failingNone")}</p>
        ) : (
          <Failing now={now} />
        )}
      </section>
      <ParkedWork />
    </>
  );
}

function Failing({ now }: { now: Health }) {
  const { t } = useTranslation("console");
  return (
    <table className="con-tbl">
      <thead>
        <tr>
          <th>{t("kind")}</th>
          <th className="end">{t("count")}</th>
          <th className="end">{t("attempts")}</th>
          <th>{t("error")}</th>
        </tr>
      </thead>
      <tbody>
        {now.failing.map((row) => (
          <tr key={row.kind}>
            <td>{row.kind}</td>
            <td data-label={t("count")} className="end num">
              {countText(row.count)}
            </td>
            <td data-label={t("attempts")} className="end num">
              {countText(row.attempts)}
            </td>
            <td data-label={t("error")}>{row.error}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ParkedWork() {
  const { t } = useTranslation("console");
  const me = useOperator();
  const pages = usePages<Parked>("health/parked/");
  return (
    <section className="con-sec">
      <h2>{t("parkedTitle")}</h2>
      <Listed
        pages={pages}
        icon="circle-check-big"
        none={t("parkedNone")}
        noneText={t("parkedNoneText")}
      >
        {(rows) => (
          <table className="con-tbl">
            <thead>
              <tr>
                <th>{t("kind")}</th>
                <th>{t("company")}</th>
                <th className="end">{t("attempts")}</th>
                <th>{t("error")}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id} data-testid="parked-row">
                  <td>{row.kind}</td>
                  <td data-label={t("company")}>{row.name ?? t("ofService")}</td>
                  <td data-label={t("attempts")} className="end num">
                    {countText(row.attempts)}
                  </td>
                  <td data-label={t("error")}>{row.error}</td>
                  <td className="end">{may(me, "console.act") && <Retry id={row.id} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Listed>
    </section>
  );
}

function Retry({ id }: { id: string }) {
  const { t } = useTranslation("console");
  const { busy, run } = useSaving();
  const again = () =>
    run(async () => {
      await post(`health/parked/${id}/retry/`);
      say(t("retried"));
    }).finally(refresh);
  return (
    <Button
      size="sm"
      icon="rotate-ccw"
      busy={busy}
      onClick={() => void again()}
      data-testid="retry"
    >
      {t("retry")}
    </Button>
  );
}
