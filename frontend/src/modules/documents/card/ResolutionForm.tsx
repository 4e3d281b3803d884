import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Resolutions } from "../../../api/documents";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { DueInput } from "../../../core/forms/DueInput";
import { PersonInput } from "../../../core/people/PersonInput";
import { cache } from "../../../core/session/cache";
import { recount } from "../../../core/session/session";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextAreaField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { bodyOf, emptyLine, isEmpty, type Line, withSpare, wrongIn } from "./assignments";
import { RESOLUTIONS } from "./resolutions";
import "../documents.css";
import "../words";

/** Words of a resolution and what is given by it, a line for each: «что — кому — когда». */
export function ResolutionForm({ doc, onClose }: { doc: Doc; onClose: () => void }) {
  const { t } = useTranslation("documents");
  const { t: ui } = useTranslation("ui");
  const [text, setText] = useState("");
  const [lines, setLines] = useState<Line[]>(() => [emptyLine()]);
  const [told, setTold] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  const change = (key: number, next: Partial<Line>) => {
    setErrors({});
    setLines(withSpare(lines.map((line) => (line.key === key ? { ...line, ...next } : line))));
  };
  const drop = (key: number) => setLines(withSpare(lines.filter((line) => line.key !== key)));
  const begun = lines.filter((line) => !isEmpty(line));

  const send = async () => {
    setTold(true);
    if (begun.some(wrongIn)) return;
    if (!text.trim() && begun.length === 0) return setErrors({ text: t("resolutionEmpty") });
    setBusy(true);
    try {
      const body = { text: text.trim(), lines: bodyOf(lines) };
      const path = `documents/${doc.id}/resolutions/`;
      cache.setQueryData(RESOLUTIONS(doc.id), await post<Resolutions>(path, body));
      for (const key of [keys.links(DOCUMENTS, doc.id), keys.history(DOCUMENTS, doc.id)])
        void cache.invalidateQueries({ queryKey: key });
      recount();
      say(t("resolutionDone"));
      onClose();
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(fields.text || fields.lines ? fields : { text: sentenceOf(problem) });
      setBusy(false);
    }
  };
  /** Enter goes on to the next line, as a list is typed. */
  const goOn = (key: number) => {
    const next = lines[lines.findIndex((line) => line.key === key) + 1];
    const found =
      next && box.current?.querySelector<HTMLElement>(`[data-line="${next.key}"] input`);
    if (found) found.focus();
  };

  return (
    <Dialog title={t("resolution")} width={760} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={() => void send()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <TextAreaField
          label={t("resolutionText")}
          rows={2}
          maxLength={2000}
          value={text}
          error={errors.text}
          onChange={(event) => {
            setText(event.target.value);
            setErrors({});
          }}
          data-autofocus
          data-testid="resolution-text"
        />
        <div ref={box} className="doc-lines">
          <span className="lbl">{t("resolutionLines")}</span>
          {lines.map((line) => {
            const wrong = told && !isEmpty(line) ? wrongIn(line) : undefined;
            return (
              <div key={line.key} className="doc-line" data-line={line.key}>
                <input
                  className="inp"
                  aria-label={t("lineWhat")}
                  aria-invalid={wrong === "needTitle"}
                  placeholder={t("lineWhat")}
                  maxLength={500}
                  value={line.title}
                  onChange={(event) => change(line.key, { title: event.target.value })}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
                    event.preventDefault();
                    goOn(line.key);
                  }}
                  data-testid="line-title"
                />
                <PersonInput
                  label={t("lineWho")}
                  value={line.person}
                  onPick={(person) => change(line.key, { person })}
                  data-testid="line-person"
                />
                <DueInput
                  label={t("lineWhen")}
                  text={line.due}
                  onChange={(due) => change(line.key, { due })}
                  data-testid="line-due"
                />
                <IconButton
                  icon="x"
                  small
                  label={t("lineDrop")}
                  disabled={isEmpty(line)}
                  onClick={() => drop(line.key)}
                />
                {wrong && (
                  <div className="fld-msg err" role="alert">
                    {t(`line_${wrong}`)}
                  </div>
                )}
              </div>
            );
          })}
          {errors.lines && (
            <div className="fld-msg err" role="alert">
              {errors.lines}
            </div>
          )}
        </div>
        <p className="hint">{t("resolutionNote")}</p>
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="resolution-send">
            {t("resolutionSend")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
