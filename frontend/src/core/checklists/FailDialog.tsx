import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../../api/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { FileChoice } from "./FileChoice";
import { changePoint, type Place, type Proof } from "./points";
import { useProving } from "./proving";
import { Refusal } from "./TickDialog";
import "./words";

interface FailDialogProps {
  place: Place;
  point: Point;
  /** May also give the work of putting it right. */
  canEdit: boolean;
  onClose: () => void;
}

/** «Не прошло»: what is wrong, a picture of it, and whether somebody must put it right. */
export function FailDialog({ place, point, canEdit, onClose }: FailDialogProps) {
  const { t } = useTranslation("checklists");
  const { t: ui } = useTranslation("ui");
  const [note, setNote] = useState("");
  const [repair, setRepair] = useState(point.repair);
  const [photo, setPhoto] = useState<{ id: number; name: string } | null>(null);
  const { busy, sending, error, run, upload, send } = useProving(place, point, onClose);

  const submit = () =>
    run(async () => {
      if (repair !== point.repair) {
        const done = await changePoint(place, point, { repair }, { repair });
        if (!done) return;
      }
      const proof: Proof = { note: note.trim() };
      if (photo) proof.file = photo.id;
      await send(proof, "failure");
    });
  const choose = (file: File) =>
    run(async () => setPhoto({ id: await upload(file), name: file.name }));

  return (
    <Dialog title={t("failTitle")} width={460} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="t2 check-words">{point.text}</p>
        <TextAreaField
          label={t("note")}
          hint={t("noteHint")}
          rows={3}
          maxLength={1000}
          required
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
          data-autofocus
          data-testid="fail-note"
        />
        {photo ? (
          <p className="row f13">
            <Icon name="image" size={14} />
            <span className="el">{photo.name}</span>
          </p>
        ) : (
          <FileChoice photo sending={sending} onChoose={(file) => void choose(file)} />
        )}
        {canEdit ? (
          <label className="row check-repair">
            <input
              type="checkbox"
              className="cb"
              checked={repair}
              onChange={(event) => setRepair(event.target.checked)}
              data-testid="fail-repair"
            />
            <span>
              {t("repair")}
              <span className="hint">{t("repairHint")}</span>
            </span>
          </label>
        ) : (
          point.repair && <p className="hint">{t("repairAsked")}</p>
        )}
        <Refusal text={error} />
        <div className="row">
          <Button
            look="danger"
            type="submit"
            busy={busy}
            disabled={!note.trim() || sending !== null}
            data-testid="fail-submit"
          >
            {t("failSubmit")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
