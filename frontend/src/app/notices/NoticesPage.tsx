import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { NoticeLine } from "../../core/notices/NoticeLine";
import { readAll, useNotices, useUnread } from "../../core/notices/notices";
import { Button } from "../../ui/button";
import { Empty, Failed, Waiting } from "../../ui/state";
import "../../core/notices/notices.css";
import "../../core/notices/words";

/** The bell whole: everything, or what is not read yet. */
export function Screen() {
  const { t } = useTranslation("notices");
  const [onlyUnread, setOnlyUnread] = useState(false);
  const query = useNotices(onlyUnread);
  const unread = useUnread();
  const notices = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <div className="notices-page">
      <div className="notices-head">
        <h1>{t("title")}</h1>
        <span className="grow" />
        <div className="seg" role="radiogroup" aria-label={t("title")}>
          {[false, true].map((only) => (
            // biome-ignore lint/a11y/useSemanticElements: the house's switch of two views.
            <button
              key={String(only)}
              type="button"
              role="radio"
              aria-checked={only === onlyUnread}
              onClick={() => setOnlyUnread(only)}
            >
              {t(only ? "onlyUnread" : "every")}
            </button>
          ))}
        </div>
        <Button size="sm" disabled={unread === 0} onClick={() => void readAll()}>
          {t("readAll")}
        </Button>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && notices.length === 0 && (
        <Empty icon="bell" title={t(onlyUnread ? "emptyUnread" : "empty")} text={t("emptyText")} />
      )}
      {notices.length > 0 && (
        <ul className="notice-list">
          {notices.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className="notices-more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  );
}
