import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Page, TrashEntry } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { cache } from "../../core/session/cache";
import { Button } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Empty, Failed, Waiting } from "../../ui/state";
import { complain, say } from "../../ui/toast";
import "./settings.css";
import "./words";

const KEY = ["trash"];

interface Trash extends Page<TrashEntry> {
  /** So many days the company keeps what is thrown away. */
  kept_days: number;
}

/** Deleted cards, as long as the company keeps them. */
export function Screen() {
  const { t } = useTranslation("settings");
  const { t: ui } = useTranslation("ui");
  const trash = useQuery({
    queryKey: KEY,
    queryFn: () => get<Trash>("trash/"),
  });

  const restore = async (entry: TrashEntry) => {
    try {
      await post("trash/restore/", { ref: entry.ref });
      say(t("restored", { title: entry.title }));
      await cache.invalidateQueries();
    } catch (error) {
      complain(sentenceOf(error));
    }
  };

  return (
    <>
      <div className="set-h">
        <h2>{t("trash")}</h2>
      </div>
      {trash.isPending && <Waiting />}
      {trash.isError && !trash.data && (
        <Failed text={sentenceOf(trash.error)} onRetry={() => void trash.refetch()} />
      )}
      {trash.data?.results.length === 0 && (
        <Empty
          icon="trash-2"
          title={t("trashEmpty")}
          text={t("trashEmptyText", { count: trash.data.kept_days })}
        />
      )}
      {trash.data && trash.data.results.length > 0 && (
        <div className="pane over">
          <table className="set-tbl">
            <tbody>
              {trash.data.results.map((entry) => (
                <tr key={entry.ref}>
                  <td className="t3">{entry.kind_title}</td>
                  <td className="b">{entry.title}</td>
                  <td className="t3 wide">
                    {t("trashWho", {
                      name: entry.trashed_by?.name ?? "—",
                      when: nearText(entry.trashed_at),
                    })}
                  </td>
                  <td className="end">
                    <Button size="sm" icon="rotate-ccw" onClick={() => void restore(entry)}>
                      {ui("undo")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
