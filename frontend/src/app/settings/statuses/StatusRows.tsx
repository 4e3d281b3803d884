import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { Button } from "../../../ui/button";
import { Status, Tag } from "../../../ui/marks";
import { complain, say } from "../../../ui/toast";
import { MovedRows } from "../fields/MovedRows";
import { alterStatus, livingOf, moveStatusRow, refresh, toneOf } from "./scheme";
import "./words";

interface StatusRowsProps {
  scheme: StatusScheme;
  onOpen: (status: StatusSettings) => void;
}

/** Statuses in their order; moved by hand or with Alt and the arrows. */
export function StatusRows({ scheme, onOpen }: StatusRowsProps) {
  const { t } = useTranslation("statusset");
  const living = livingOf(scheme);
  const away = scheme.statuses.filter((one) => one.is_archived);
  const baseOf = (one: StatusSettings) =>
    scheme.bases.find((base) => base.code === one.base)?.title ?? one.base;
  const restore = async (status: StatusSettings) => {
    try {
      await alterStatus(status.id, { is_archived: false });
      say(t("restoredNow", { title: status.title }));
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refresh(scheme.kind, scheme.card_type);
  };
  return (
    <>
      <MovedRows rows={living} onMove={(id, to) => void moveStatusRow(scheme, id, to)}>
        {(status) => (
          <button
            type="button"
            className="field-open"
            aria-label={t("edit", { title: status.title })}
            onClick={() => onOpen(status)}
            data-testid="status-row"
          >
            <span className="el grow">
              <Status tone={toneOf(scheme.kind, status)}>{status.title}</Status>
            </span>
            {status.cards_count > 0 && (
              <span className="f12 t3 num field-sort">
                {t("cards", { count: status.cards_count })}
              </span>
            )}
            {!status.is_plain && status.is_default && <Tag>{t("defaultMark")}</Tag>}
            {status.title !== baseOf(status) && (
              <span className="f12 t3 status-base">{baseOf(status)}</span>
            )}
          </button>
        )}
      </MovedRows>
      {away.length > 0 && (
        <details className="field-archive">
          <summary>
            {t("away")} · {away.length}
          </summary>
          {away.map((status) => (
            <div key={status.id} className="field-row">
              <span className="el grow t3">{status.title}</span>
              {status.cards_count > 0 && (
                <button
                  type="button"
                  className="link f12"
                  onClick={() => onOpen(status)}
                  aria-label={t("edit", { title: status.title })}
                >
                  {status.makes_way_for === null
                    ? t("cards", { count: status.cards_count })
                    : t("carrying")}
                </button>
              )}
              <Button size="sm" onClick={() => void restore(status)}>
                {t("restore")}
              </Button>
            </div>
          ))}
        </details>
      )}
    </>
  );
}
