import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFile } from "../../../api/documents";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { CASE_FILES } from "../reads";
import { useSaving } from "./saving";
import "./words";

interface DestroyDialogProps {
  files: CaseFile[];
  onClose: () => void;
}

/** Files whose term has passed: which of them were destroyed, and by which act. */
export function DestroyDialog({ files, onClose }: DestroyDialogProps) {
  const { t } = useTranslation("documents_setup");
  const { t: ui } = useTranslation("ui");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(files.map((f) => f.id)));
  const [act, setAct] = useState("");
  const { busy, errors, run } = useSaving();
  const turn = (id: number) =>
    setChosen((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]));
  const send = async () => {
    const done = await run(async () => {
      await post("case-files/destruction/", { ids: [...chosen], act: act.trim() });
      await cache.invalidateQueries({ queryKey: CASE_FILES });
    });
    if (!done) return;
    say(t("destroyed", { count: chosen.size }));
    onClose();
  };
  return (
    <Dialog title={t("destroyTitle")} width={560} onClose={onClose}>
      <Form className="stack" onSubmit={() => void send()}>
        <p className="t2 f13">{t("destroyText")}</p>
        <div>
          {files.map((file) => (
            <label key={file.id} className="doc-tick f13">
              <input
                type="checkbox"
                className="cb"
                checked={chosen.has(file.id)}
                onChange={() => turn(file.id)}
              />
              <span className="num doc-index">{file.index}</span>
              <span className="el grow">{file.title}</span>
              <span className="t3 num">{file.year}</span>
            </label>
          ))}
        </div>
        <TextField
          label={t("act")}
          placeholder={t("actExample")}
          required
          maxLength={60}
          value={act}
          error={errors.act ?? errors.ids ?? errors[""]}
          onChange={(event) => setAct(event.target.value)}
          data-testid="destroy-act"
        />
        <div className="row">
          <Button
            look="danger"
            type="submit"
            busy={busy}
            disabled={chosen.size === 0}
            data-testid="destroy-submit"
          >
            {t("destroyNote")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
