import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { countText } from "../../ui/format";
import { useHotKeys } from "../../ui/keys";
import { Empty, Failed, Waiting } from "../../ui/state";
import { settleWaiting } from "../../ui/undo";
import { QueueLines } from "./QueueLines";
import { QUEUE_KEYS, useQueue } from "./queue";
import "./waiting.css";
import "./words";

/** «Ждёт меня»: one queue of everything that waits for the reader, whatever module it comes from. */
export function Screen() {
  const { t } = useTranslation("waiting");
  const query = useQueue();
  useHotKeys(QUEUE_KEYS);
  // Whoever leaves the page must find elsewhere what was done here.
  useEffect(() => settleWaiting, []);
  const queue = query.data;
  return (
    <div className="queue">
      <div className="queue-top">
        <h1>{t("title")}</h1>
        {queue && queue.count > 0 && <span className="t3 num">{countText(queue.count)}</span>}
        <span className="grow" />
        <span className="t3 f12 queue-keys">{t("keys")}</span>
      </div>
      {query.isPending && <Waiting rows={8} />}
      {query.isError && !queue && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {queue?.sections.map((section) => (
        <QueueLines key={section.code} section={section} />
      ))}
      {queue && queue.sections.length === 0 && (
        <div className="pane">
          <Empty icon="sun" title={t("calm")} text={t("calmText")} />
        </div>
      )}
    </div>
  );
}
