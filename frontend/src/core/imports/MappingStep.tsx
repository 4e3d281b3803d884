import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import, ImportKind } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { complain } from "../../ui/toast";
import { check, choose } from "./imports";
import { twinsOf, whyUnread } from "./usual";
import "./words";

const SAMPLES = 2;

interface MappingStepProps {
  one: Import;
  kind: ImportKind;
}

/** Which column of the file is which of the card: guessed, and corrected by whoever knows better. */
export function MappingStep({ one, kind }: MappingStepProps) {
  const { t } = useTranslation("imports");
  const [mapping, setMapping] = useState(one.mapping);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const table = one.sheets[one.sheet];

  const headers = (table?.headers ?? []).map((name, place) =>
    name ? name : t("unnamed", { number: place + 1 }),
  );
  const unread = headers.filter((_, place) => !mapping[place]);

  const become = (place: string, code: string) => {
    setWrong("");
    const next = Object.fromEntries(
      Object.entries(mapping).filter(([at, held]) => at !== place && held !== code),
    );
    setMapping(code ? { ...next, [place]: code } : next);
  };
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      const sentence = error instanceof ApiProblem ? error.fields.mapping : undefined;
      if (sentence) setWrong(sentence);
      else complain(sentenceOf(error));
    }
    setBusy(false);
  };

  return (
    <div className="stack imp-step">
      {one.sheets.length > 1 && (
        <Field label={t("sheet")}>
          {(aria) => (
            <select
              {...aria}
              className="inp imp-select"
              value={one.sheet}
              onChange={(event) =>
                void attempt(() => choose(one.id, { sheet: Number(event.target.value) }))
              }
              data-testid="import-sheet"
            >
              {one.sheets.map((sheet, place) => (
                <option key={sheet.name} value={place}>
                  {sheet.name} · {t("rows", { count: sheet.rows })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div>
        <h3>{t("mapping")}</h3>
        {one.is_remembered && <p className="t3">{t("remembered")}</p>}
      </div>
      <ul className="imp-map">
        <li className="imp-map-h f12 t3" aria-hidden>
          <span>{t("inFile")}</span>
          <span>{t("samples")}</span>
          <span>{t("becomes")}</span>
        </li>
        {headers.map((title, place) => {
          const why = whyUnread(kind, title, mapping[place]);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is its place.
            <li key={place} data-testid="import-column">
              <span className="b">{title}</span>
              <span className="t3 f12 imp-samples">
                {table?.samples
                  .map((row) => row[place])
                  .filter(Boolean)
                  .slice(0, SAMPLES)
                  .join(" · ")}
              </span>
              <select
                className="inp"
                aria-label={`${title}: ${t("becomes")}`}
                value={mapping[place] ?? ""}
                onChange={(event) => become(String(place), event.target.value)}
              >
                <option value="">{t("skip")}</option>
                {kind.columns.map((column) => (
                  <option key={column.code} value={column.code}>
                    {column.is_required ? `${column.title} (${t("required")})` : column.title}
                  </option>
                ))}
              </select>
              {why && <span className="t3 f12 imp-why">{why}</span>}
            </li>
          );
        })}
      </ul>
      {unread.length > 0 && (
        <p className="t3 f12" data-testid="import-unread">
          {t("unread", { titles: unread.join(", ") })}
        </p>
      )}
      {kind.twins.length > 0 && (
        <Field label={t("twins")}>
          {(aria) => (
            <select
              {...aria}
              className="inp imp-select"
              value={twinsOf(one, kind, mapping)}
              onChange={(event) =>
                void attempt(() => choose(one.id, { mapping, twins: event.target.value }))
              }
              data-testid="import-twins"
            >
              <option value="">{t("twinsNone")}</option>
              {kind.twins.map((twin) => (
                <option key={twin.code} value={twin.code}>
                  {t("twinsBy", { title: twin.title })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {wrong && (
        <p className="red" role="alert">
          {wrong}
        </p>
      )}
      <div className="row imp-acts">
        <Button
          look="primary"
          busy={busy}
          onClick={() =>
            void attempt(async () => {
              await choose(one.id, { mapping });
              await check(one.id);
            })
          }
          data-testid="import-check"
        >
          {t("check")}
        </Button>
      </div>
    </div>
  );
}
