import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { put } from "../../../api/request";
import { CardField } from "../../../core/cards/CardParts";
import { settle } from "../../../core/entities/card";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { Icon } from "../../../ui/icon";
import { plain } from "../../../ui/layout";
import { Popover } from "../../../ui/popover";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { useCaseFiles } from "../reads";
import "../words";

const MOST = 50;

/** The file of the nomenclature in which the document lies, «В дело». */
export function CaseFileLine({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const may = doc.can?.mark ?? false;
  const lay = async (id: number | null) => {
    setOpen(false);
    try {
      const path = `documents/${doc.id}/case-file/`;
      settle(DOCUMENTS, await put<Doc>(path, { case_file: id }, { ifMatch: doc.version }));
    } catch (error) {
      complain(sentenceOf(error));
      void cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, doc.id) });
    }
  };
  return (
    <CardField label={t("caseFile")}>
      <button
        ref={anchor}
        type="button"
        className="value"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={t("caseFile")}
        disabled={!may}
        onClick={() => setOpen(!open)}
        data-testid="card-case-file"
      >
        {doc.case_file ? (
          <span className="num">{doc.case_file.index}</span>
        ) : (
          <span className="t3">{may ? t("layIn") : "—"}</span>
        )}
      </button>
      {open && (
        <Popover
          anchor={anchor.current}
          onClose={() => setOpen(false)}
          label={t("caseFile")}
          width={340}
        >
          <FileChoice chosen={doc.case_file?.id ?? null} onPick={(id) => void lay(id)} />
        </Popover>
      )}
    </CardField>
  );
}

interface FileChoiceProps {
  chosen: number | null;
  onPick: (id: number | null) => void;
}

/** Files that are kept open, found by their index or title; those of this year first. */
function FileChoice({ chosen, onPick }: FileChoiceProps) {
  const { t } = useTranslation("documents");
  const files = useCaseFiles();
  const [find, setFind] = useState("");
  const words = plain(find).split(/\s+/).filter(Boolean);
  const open = (files.data ?? []).filter((one) => !one.closed_on && !one.destroyed_on);
  const fits = open
    .filter((one) => {
      const told = plain(`${one.index} ${one.title} ${one.year}`);
      return words.every((word) => told.includes(word));
    })
    .toSorted((a, b) => b.year - a.year || a.index.localeCompare(b.index, "ru"));
  return (
    <>
      <div className="inp box doc-find">
        <Icon name="search" size={14} />
        <input
          aria-label={t("findFile")}
          placeholder={t("findFile")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          onKeyDown={(event) => {
            const [first] = fits;
            if (event.key === "Enter" && first) onPick(first.id);
          }}
          data-autofocus
          data-testid="case-file-find"
        />
      </div>
      <div className="doc-choice">
        {fits.slice(0, MOST).map((one) => (
          <button
            key={one.id}
            type="button"
            className="pop-i"
            aria-pressed={one.id === chosen}
            onClick={() => onPick(one.id)}
            data-testid="case-file-option"
          >
            <span className="num doc-index">{one.index}</span>
            <span className="el grow">{one.title}</span>
            <span className="t3 num">{one.year}</span>
          </button>
        ))}
        {files.isSuccess && fits.length === 0 && <p className="hint doc-none">{t("noFiles")}</p>}
        {files.isError && <p className="hint doc-none red">{sentenceOf(files.error)}</p>}
      </div>
      {chosen !== null && (
        <>
          <div className="pop-sep" />
          <button type="button" className="pop-i" onClick={() => onPick(null)}>
            {t("takeOut")}
          </button>
        </>
      )}
    </>
  );
}
