import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { sendOne } from "../../../core/attachments/choose";
import { PictureButton } from "../../../core/attachments/PictureButton";
import { saveField } from "../../../core/entities/card";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { Button, IconButton } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { complain, say } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { sheetName } from "./sheet";

/**
 * Whoever has opened the card by the code on its print holds the paper: a picture of the signed sheet lies among the
 * files, and the card says where the original is.
 */
export function SignedSheet({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const { paper } = useSearch({ strict: false }) as { paper?: unknown };
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState(0);
  const [place, setPlace] = useState(doc.paper_place ?? "");
  if (!paper || !doc.can?.attach) return null;

  const keep = async (file: File) => {
    setBusy(true);
    try {
      const named = new File([file], sheetName(doc, taken + 1, file), { type: file.type });
      await sendOne(`documents/${doc.id}/attachments/`, named);
      setTaken(taken + 1);
      say(t("sheetKept"));
    } catch (error) {
      complain(error instanceof Error ? error.message : sentenceOf(error));
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: keys.files(DOCUMENTS, doc.id) });
    }
  };
  const mark = () =>
    void saveField<Doc>(DOCUMENTS, doc, {
      field: "paper_place",
      value: place.trim(),
      shown: { paper_place: place.trim() },
      words: (card) => card.paper_place ?? "",
    });
  const close = () =>
    void navigate({
      search: (now: Record<string, unknown>) => ({ ...now, paper: undefined }),
    } as never);

  return (
    <section className="pane signed-sheet" aria-label={t("sheet")} data-testid="sheet">
      <div className="row">
        <b className="grow">{t("sheet")}</b>
        <IconButton icon="x" label={t("sheetClose")} small onClick={close} />
      </div>
      <p className="f13 t2">{t("sheetNote")}</p>
      <div className="row sheet-deeds">
        <PictureButton
          label={t("sheetTake")}
          busy={busy}
          camera
          onChoose={(file) => void keep(file)}
          name="sheet"
        >
          {t(taken > 0 ? "sheetNext" : "sheetTake")}
        </PictureButton>
        {taken > 0 && <span className="f13 t3">{t("sheetTaken", { count: taken })}</span>}
      </div>
      {(doc.can.edit || doc.can.edit_later) && (
        <Form
          className="row sheet-place"
          onSubmit={(event) => {
            event.preventDefault();
            mark();
          }}
        >
          <TextField
            label={t("field_paper_place")}
            hint={t("sheetPlaceHint")}
            maxLength={200}
            value={place}
            onChange={(event) => setPlace(event.target.value)}
            data-testid="sheet-place"
          />
          {place.trim() !== (doc.paper_place ?? "") && (
            <Button type="submit" data-testid="sheet-mark">
              {t("sheetMark")}
            </Button>
          )}
        </Form>
      )}
    </section>
  );
}
