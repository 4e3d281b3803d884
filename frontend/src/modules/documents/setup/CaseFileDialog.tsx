import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFile } from "../../../api/documents";
import { patch, post } from "../../../api/request";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { useDepartments } from "../../../core/people/directories";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { CASE_FILES } from "../reads";
import { useSaving } from "./saving";
import "./words";

interface CaseFileDialogProps {
  /** Null for a new one. */
  file: CaseFile | null;
  year: number;
  onClose: () => void;
}

const digits = (text: string): string => text.replace(/\D/g, "").slice(0, 4);

/** A file of the nomenclature: what it is called, whose it is, how long it is kept, whether it is closed. */
export function CaseFileDialog({ file, year, onClose }: CaseFileDialogProps) {
  const { t } = useTranslation("documents_setup");
  const { t: ui } = useTranslation("ui");
  const departments = useDepartments().data ?? [];
  const [index, setIndex] = useState(file?.index ?? "");
  const [title, setTitle] = useState(file?.title ?? "");
  const [of, setOf] = useState(String(file?.year ?? year));
  const [department, setDepartment] = useState(file?.department ?? null);
  const [years, setYears] = useState(file ? String(file.years ?? "") : "5");
  const [article, setArticle] = useState(file?.article ?? "");
  const [closed, setClosed] = useState(file?.closed_on ?? "");
  const { busy, errors, fail, run } = useSaving();

  const save = async () => {
    if (closed && !isDay(closed)) return fail({ closed_on: t("wrongDay") });
    const body = {
      index: index.trim(),
      title: title.trim(),
      year: Number(of),
      department,
      years: years ? Number(years) : null,
      article: article.trim(),
      ...(file && { closed_on: closed || null }),
    };
    const done = await run(async () => {
      if (file) await patch(`case-files/${file.id}/`, body, { ifMatch: file.version });
      else await post("case-files/", body);
      await cache.invalidateQueries({ queryKey: CASE_FILES });
    });
    if (done) onClose();
  };

  return (
    <Dialog title={t(file ? "fileEdit" : "fileAdd")} width={520} onClose={onClose}>
      <Form className="stack" onSubmit={() => void save()}>
        <div className="doc-two">
          <TextField
            label={t("index")}
            placeholder="01-05"
            hint={t("indexHint")}
            required
            maxLength={30}
            value={index}
            error={errors.index ?? errors[""]}
            onChange={(event) => setIndex(event.target.value)}
            data-autofocus
            data-testid="case-file-index"
          />
          <TextField
            label={t("year")}
            inputMode="numeric"
            required
            value={of}
            error={errors.year}
            onChange={(event) => setOf(digits(event.target.value))}
          />
        </div>
        <TextField
          label={t("fileTitle")}
          required
          maxLength={300}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.target.value)}
          data-testid="case-file-title"
        />
        {departments.length > 0 && (
          <Field label={t("department")} error={errors.department}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={department ?? ""}
                onChange={(event) => setDepartment(Number(event.target.value) || null)}
              >
                <option value="">{t("noDepartment")}</option>
                {departments.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <div className="doc-two">
          <TextField
            label={t("keepYears")}
            inputMode="numeric"
            hint={t("keepHint")}
            value={years}
            error={errors.years}
            onChange={(event) => setYears(digits(event.target.value).slice(0, 3))}
            data-testid="case-file-years"
          />
          <TextField
            label={t("article")}
            hint={t("articleHint")}
            maxLength={60}
            value={article}
            error={errors.article}
            onChange={(event) => setArticle(event.target.value)}
          />
        </div>
        {file && (
          <DayInput
            label={t("closedOn")}
            hint={t("closedHint")}
            past
            value={closed}
            error={errors.closed_on}
            onChange={setClosed}
            data-testid="case-file-closed"
          />
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="case-file-save">
            {ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
