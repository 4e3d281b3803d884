import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyCopies, CompanyCopy } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { get, post } from "../../../api/request";
import { openFile } from "../../../core/sheets/exporting";
import { Button } from "../../../ui/button";
import { countText, dateText, momentText, sizeText } from "../../../ui/format";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { ProofDialog } from "./ProofDialog";
import type { Proof } from "./ProofFields";
import { RestoreDialog } from "./RestoreDialog";
import "./data.css";
import "./words";

/** Nightly copies: what there is to come back to, one's own to take along, and the way to ask for a restore. */
export function CopiesSection() {
  const { t } = useTranslation("data");
  const [wanted, setWanted] = useState<CompanyCopy | null>(null);
  const [taken, setTaken] = useState<CompanyCopy | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ["company", "copies"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<CompanyCopies>("company/copies/", { query: { cursor: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
  if (pages.isPending) return <Waiting rows={3} />;
  const [first] = pages.data?.pages ?? [];
  if (!first) {
    return <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />;
  }
  const take = async (copy: CompanyCopy, proof: Proof) => {
    openFile((await post<{ url: string }>(`company/copies/${copy.id}/download/`, proof)).url);
  };
  const copies = pages.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className="set-sec" data-testid="copies">
      <h3>{t("copies")}</h3>
      <p className="t2 data-do">{t("copiesText", { count: first.kept_days })}</p>
      {!first.is_owner && <p className="notice">{t("copiesOwnersOnly")}</p>}
      {copies.length === 0 ? (
        <Empty icon="history" title={t("copiesNone")} text={t("copiesNoneText")} />
      ) : (
        <div className="pane over">
          {copies.map((copy) => (
            <CopyRow
              key={copy.id}
              copy={copy}
              onTake={first.is_owner ? () => setTaken(copy) : undefined}
              onRestore={() => setWanted(copy)}
            />
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
      {taken && (
        <ProofDialog
          title={t("copyTake")}
          text={t("copyWhy", { when: momentText(taken.made_at) })}
          asksCode={first.asks_code}
          onProved={(proof) => take(taken, proof)}
          onClose={() => setTaken(null)}
        />
      )}
      {wanted && (
        <RestoreDialog
          copy={wanted}
          restoredBy={first.restored_by}
          onClose={() => setWanted(null)}
        />
      )}
    </section>
  );
}

interface CopyRowProps {
  copy: CompanyCopy;
  onTake?: () => void;
  onRestore: () => void;
}

/** One night; without `onTake` for whoever is no owner. */
function CopyRow({ copy, onTake, onRestore }: CopyRowProps) {
  const { t } = useTranslation("data");
  return (
    <div className="tree-row wraps" data-testid="copy-row">
      <div className="grow data-about">
        <span className="b">{t("copyMade", { when: momentText(copy.made_at) })}</span>
        <span className="f12 t2 num">
          {t("copyHolds", { size: sizeText(copy.size), rows: countText(copy.rows) })}
        </span>
        {copy.checked_at !== copy.made_at && (
          <span className="f12 t2">{t("copyChecked", { when: momentText(copy.checked_at) })}</span>
        )}
        <span className="f12 t3">
          {copy.kept_until ? t("copyUntil", { day: dateText(copy.kept_until) }) : t("copyStays")}
        </span>
      </div>
      <div className="row data-deeds">
        {onTake && (
          <Button
            size="sm"
            icon="download"
            title={t("copyTakeHint")}
            onClick={onTake}
            data-testid="copy-take"
          >
            {t("copyTake")}
          </Button>
        )}
        <Button size="sm" look="quiet" onClick={onRestore} data-testid="copy-restore">
          {t("copyRestore")}
        </Button>
      </div>
    </div>
  );
}
