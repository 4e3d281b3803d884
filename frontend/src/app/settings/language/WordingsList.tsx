import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Wording } from "../../../api/language";
import { sentenceOf } from "../../../api/problem";
import { del } from "../../../api/request";
import { Button, IconButton } from "../../../ui/button";
import { Segmented } from "../../../ui/marks";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { complain, say } from "../../../ui/toast";
import { refreshWords, type ToldBy, useWordings } from "./wordings";

const SAID: ToldBy[] = ["", "person", "morpher"];

/** What has been put right, by people and by the service; a phrase is left to the dictionaries again here. */
export function WordingsList() {
  const { t } = useTranslation("language");
  const [toldBy, setToldBy] = useState<ToldBy>("");
  const pages = useWordings(toldBy);
  const lines = pages.data?.pages.flatMap((page) => page.results) ?? [];
  const forget = async (one: Wording) => {
    try {
      await del(`language/wordings/${one.id}/`);
      say(t("forgotten", { phrase: one.phrase }));
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refreshWords();
  };
  return (
    <section className="set-sec" aria-label={t("dictionary")}>
      <h3>{t("dictionary")}</h3>
      <Segmented
        label={t("toldBy")}
        value={toldBy}
        options={SAID.map((value) => ({ value, title: t(`by_${value || "all"}`) }))}
        onChange={setToldBy}
      />
      {pages.isPending && <Waiting rows={3} />}
      {pages.isError && (
        <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.data && lines.length === 0 && (
        <Empty icon="pencil" title={t("none")} text={t("noneText")} />
      )}
      <ul className="lang-words">
        {lines.map((one) => (
          <li key={one.id} className="lang-word" data-testid="lang-word">
            <span className="grow">
              <span className="b">{one.form}</span>
              <span className="f12 t3">
                {one.phrase} · {one.case} · {t(`by_${one.told_by}`)}
              </span>
            </span>
            <IconButton
              icon="trash-2"
              label={t("forget", { phrase: one.phrase, case: one.case })}
              small
              onClick={() => void forget(one)}
            />
          </li>
        ))}
      </ul>
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
