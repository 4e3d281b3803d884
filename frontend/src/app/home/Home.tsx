import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Home as HomeAnswer } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { useComposers } from "../../core/entities/house";
import { openComposer } from "../../core/entities/module";
import { useLive } from "../../core/realtime/live";
import { cache } from "../../core/session/cache";
import { recount } from "../../core/session/session";
import { QueueLines } from "../../core/waiting/QueueLines";
import { useQueue } from "../../core/waiting/queue";
import { Button } from "../../ui/button";
import { countText, longDay } from "../../ui/format";
import { useHotKeys } from "../../ui/keys";
import { Empty, Failed, Waiting } from "../../ui/state";
import { settleWaiting } from "../../ui/undo";
import "./home.css";
import { HOME, HOME_KEYS, withoutGone } from "./acting";
import { HomeAside } from "./HomeAside";
import { HomeSection } from "./HomeSection";
import "./words";

const CALM_MS = 300;
const TASK = "tasks.task";

/** What waits and stands in none of the day's own sections. */
const BESIDES = new Set(["returned", "due-requests", "points", "readings"]);

/** «Мой день»: what is late, what is due, who waits for me; every row acts in place. */
export function Screen() {
  const { t } = useTranslation("home");
  const home = useQuery({
    queryKey: HOME,
    staleTime: 10_000,
    queryFn: () => get<HomeAnswer>("home/").then(withoutGone),
  });
  const refresh = useCallback(() => {
    window.setTimeout(() => void cache.invalidateQueries({ queryKey: HOME }), CALM_MS);
    recount();
  }, []);
  useLive("list:tasks.task", refresh);
  useHotKeys(HOME_KEYS);
  // Whoever leaves the page must find elsewhere what was done here.
  useEffect(() => settleWaiting, []);

  const sections = home.data?.sections ?? [];
  const queue = useQueue().data;
  const asked = queue?.sections.filter((section) => BESIDES.has(section.code)) ?? [];
  const busy = sections.filter((section) => section.items.length > 0);
  return (
    <div className="home">
      <section className="home-main" aria-label={t("title")}>
        <div className="home-h">
          <h1>{t("title")}</h1>
          <span className="t2">{longDay(new Date())}</span>
          <span className="grow" />
          {queue && queue.count > 0 && (
            <Link to={"/waiting" as never} className="f13" data-testid="home-waiting">
              {t("waiting")} <span className="num">{countText(queue.count)}</span>
            </Link>
          )}
        </div>
        {home.isPending && <Waiting rows={8} />}
        {home.isError && !home.data && (
          <Failed text={sentenceOf(home.error)} onRetry={() => void home.refetch()} />
        )}
        {asked.map((section) => (
          <QueueLines key={section.code} section={section} />
        ))}
        {busy.map((section) => (
          <HomeSection key={section.code} section={section} />
        ))}
        {home.data && busy.length + asked.length === 0 && (
          <div className="pane">
            <Calm />
          </div>
        )}
      </section>
      <HomeAside />
    </div>
  );
}

/** Nothing waits. With tasks switched off they are only hidden: nothing is said of them, and nothing to give is offered. */
function Calm() {
  const { t } = useTranslation("home");
  const hasTasks = useComposers().some(({ code }) => code === TASK);
  if (!hasTasks) return <Empty icon="sun" title={t("calm")} text={t("calmWithoutTasks")} />;
  return (
    <Empty icon="sun" title={t("calm")} text={t("calmText")}>
      <Button look="primary" icon="plus" onClick={() => openComposer.set(TASK)}>
        {t("create")}
      </Button>
    </Empty>
  );
}
